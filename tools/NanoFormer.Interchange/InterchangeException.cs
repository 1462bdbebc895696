using NanoFormer.Errors;

namespace NanoFormer.Interchange;

/// <summary>Why a file cannot be written or read.</summary>
public enum InterchangeError
{
    /// <summary>The format has nothing that computes an operator of the model to the last bit.</summary>
    OperatorNotExpressible,

    /// <summary>The scales of the model are not those of floats, so that the format cannot give its multipliers.</summary>
    ScaleNotExpressible,

    /// <summary>A node of the file is not one that is understood.</summary>
    NodeNotSupported,

    /// <summary>The bytes are not a file of the format.</summary>
    BadFile,

    /// <summary>A tensor is missing, or has another shape or type than it must have.</summary>
    BadTensor,

    /// <summary>The description of a network is missing something or does not fit its weights.</summary>
    BadDescription,

    /// <summary>A file, or what it computes, is larger than a model of a microcontroller can be.</summary>
    TooLarge,

    /// <summary>There is no such file.</summary>
    MissingFile,
}

/// <summary>A file cannot be written or read.</summary>
public sealed class InterchangeException(InterchangeError error, string message, Exception? inner = null)
    : NamedException<InterchangeError>(error, message, inner);
