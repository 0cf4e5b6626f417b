"""Links that others open: where other machines find this one, who may frame the page, and a link as a QR code."""
