"""What Help says to who is here for the first time: where to begin, and what the page's words mean."""

from dash import html

START = (
    "Drag the ring on the plot: all runs start there. Or click where they are to start.",
    "Move a slider under a run's name: η, its learning rate, says how far each step goes. The path follows your hand.",
    "Press play, and watch the runs step by step. Inspect explains the step at which the player stands.",
    "Choose another surface, add a run under the list, or take one of the experiments at the top.",
)
GLOSSARY = (
    ("surface", "the loss as a landscape: low is good, and contour lines join points of equal loss"),
    ("gradient", "the direction of steepest ascent and how steep it is; methods go against it"),
    ("run", "one method with its values, from the start through all steps"),
    ("hyperparameter", "a number of the method that you choose, such as η"),
    ("η, learning rate", "how far a step goes: too small creeps, too large overshoots or flies off"),
    ("link η", "moving one run's η moves those of all runs by the same factor"),
    ("tolerance", "how far above the lowest known minimum a loss may be and still count as there"),
    ("steps to tolerance", "the first step whose loss is within the tolerance; a dash if there is none"),
    ("circling", "the path goes round and round near its end and does not come to rest"),
    ("chaotic", "rounding or the start's 12th digit leads to a visibly different path: the picture is one of many"),
    ("creeping", "the run hardly moves any more, although the ground still slopes there"),
    ("left the view", "the run has gone out of the picture and has not come back"),
    ("not finite", "a number became too large to be one, or undefined; from there on it is NaN"),
    ("return to best", "at its end each run goes back to the best point that it has met"),
    ("published levels", "the contour lines of the article; Automatic spreads them over what is seen"),
    ("gradient noise", "what a method sees when it has only a part of the data, as in stochastic gradient descent"),
    ("seed", "which random numbers the noise is made of; the same seed gives the same path"),
    ("tune", "tries many learning rates and keeps the best for each run"),
    ("schedule", "a rule by which a hyperparameter changes from step to step"),
    ("network, weight", "on the Train page: what is learned is in its weights, and methods change all of them at once"),
    ("epoch of a training", "as many steps as it takes to meet all points once"),
    ("validation loss", "the loss of points that are kept back: what is understood, and not only learned by heart"),
    ("sharpness λmax", "the greatest eigenvalue of the Hessian of a network's loss: how sharply it bends"),
    ("edge of stability", "where the sharpness is 2/η, beyond which gradient descent would swing up on a parabola"),
    ("signal, epoch", "on the Response page: gradients that a method is fed one after the other, one an epoch"),
)


def first_words() -> list:
    """Return where to begin and the glossary."""
    return [
        html.H3("Begin here", className="help-head"),
        html.Ol([html.Li(sentence) for sentence in START], className="help-start"),
        html.H3("What the words mean", className="help-head"),
        html.Dl(
            [part for word, text in GLOSSARY for part in (html.Dt(word), html.Dd(text))], className="keys glossary"
        ),
        html.H3("Keys and marks", className="help-head"),
    ]
