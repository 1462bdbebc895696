namespace NanoFormer.Data.Preparation;

/// <summary>What a split keeps together.</summary>
public enum SplitUnit
{
    /// <summary>Everything of one subject: the model is judged on people or machines it has not seen.</summary>
    Subject,

    /// <summary>Everything of one source: the model may know the subject from another recording.</summary>
    Recording,

    /// <summary>Nothing. Always refused: neighbouring windows overlap or nearly repeat each other, and would be in both parts.</summary>
    Window,
}
