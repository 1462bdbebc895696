namespace NanoFormer.Model;

/// <summary>An operator of a window program has no streaming form, or not as it stands.</summary>
public sealed class NotStreamableException : Exception
{
    /// <summary>Names the operator and the reason.</summary>
    public NotStreamableException(int operatorIndex, OperatorKind kind, string reason)
        : base($"Operator {operatorIndex} ({kind}) cannot stream: it {reason}.")
    {
        OperatorIndex = operatorIndex;
        Kind = kind;
        Reason = reason;
    }

    /// <summary>Index of the operator in the window program.</summary>
    public int OperatorIndex { get; }

    /// <summary>Which operator it is.</summary>
    public OperatorKind Kind { get; }

    /// <summary>Why, as the rest of a sentence that begins with "it".</summary>
    public string Reason { get; }
}
