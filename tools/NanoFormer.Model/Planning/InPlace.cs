namespace NanoFormer.Model;

/// <summary>Which operand the result of an add overwrites, where that operand is read by no later operator.</summary>
internal enum InPlace
{
    /// <summary>The first if it can, else the second.</summary>
    First,

    /// <summary>The second if it can, else the first.</summary>
    Second,

    /// <summary>Neither.</summary>
    Never,
}
