using NanoFormer.Errors;

namespace NanoFormer.Training.Personal;

/// <summary>Why a model was not fitted to its wearer.</summary>
public enum PersonalError
{
    /// <summary>The model's folder lacks the image, the configuration or the float network.</summary>
    MissingFile,

    /// <summary>The model is not one that a wearer's windows can be learnt with.</summary>
    UnsuitableModel,

    /// <summary>The recordings have a class that the model does not know.</summary>
    UnknownClass,

    /// <summary>A class has too few windows to learn from, or to judge by.</summary>
    TooFewWindows,

    /// <summary>The model takes nearly all windows of a class for one other class: the label may be wrong.</summary>
    WrongLabels,

    /// <summary>There is nothing to mend, or fitted to some bouts the model is wrong more often than before on the others.</summary>
    NoBetter,
}

/// <summary>A model was not fitted to its wearer; the old one stays as it was.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class PersonalException(PersonalError error, string message) : NamedException<PersonalError>(error, message);
