namespace NanoFormer.Model;

/// <summary>Which operand the result of an operator that runs in place overwrites, where it may.</summary>
internal enum InPlace
{
    /// <summary>The first if it can, else the second.</summary>
    First,

    /// <summary>The second if it can, else the first.</summary>
    Second,

    /// <summary>Neither.</summary>
    Never,
}
