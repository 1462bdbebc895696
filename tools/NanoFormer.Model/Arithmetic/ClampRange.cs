namespace NanoFormer.Model;

/// <summary>The inclusive int8 range an operator's results are limited to.</summary>
public readonly record struct ClampRange(int Low, int High)
{
    /// <summary>The whole int8 range.</summary>
    public static ClampRange Full => new(sbyte.MinValue, sbyte.MaxValue);

    /// <summary>Whether <c>-128 &lt;= Low &lt;= High &lt;= 127</c>.</summary>
    public bool IsValid => Low >= sbyte.MinValue && Low <= High && High <= sbyte.MaxValue;
}
