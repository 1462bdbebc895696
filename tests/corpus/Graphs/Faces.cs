namespace NanoFormer.Corpus;

/// <summary>The dice that decide how a random graph goes on.</summary>
internal enum Die
{
    /// <summary>Any operator on any tensor.</summary>
    Next,

    /// <summary>What brings the last tensor to one row.</summary>
    Reduction,
}

/// <summary>The faces of a die, counted from 0, on which a method of <see cref="RandomGraph"/> appends its operators.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FacesAttribute(Die die, params int[] faces) : Attribute
{
    /// <summary>Which die.</summary>
    public Die Die { get; } = die;

    /// <summary>Its faces.</summary>
    public IReadOnlyList<int> Faces { get; } = faces;
}
