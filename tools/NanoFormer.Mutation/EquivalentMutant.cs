namespace NanoFormer.Mutation;

/// <summary>A mutant that computes the same as its source, so that no test can notice it.</summary>
/// <param name="File">Its file.</param>
/// <param name="Line">The line with the fault in it, without the blanks around it; lines that read alike are all meant.</param>
/// <param name="Why">Why nothing changes.</param>
internal sealed record EquivalentMutant(string File, string Line, string Why)
{
    /// <summary>Whether a mutant is this one.</summary>
    public bool Is(string file, Mutant mutant) => file == File && mutant.Text == Line;
}
