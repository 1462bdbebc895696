using System.Text.Json;

namespace NanoFormer.Mutation;

/// <summary>Sources to put faults into, and the commands that should notice. Paths and commands are those of the tree's root.</summary>
/// <param name="Files">The sources.</param>
/// <param name="Build">Builds the tests when <c>$FILE</c> has changed; a mutant with which it fails is none.</param>
/// <param name="Tests">The tests, the quickest to notice first; each fails by its exit code.</param>
/// <param name="Seconds">How long building or a test may take before it counts as hanging.</param>
/// <param name="Minutes">How long all mutants may take; those that are left are not tried.</param>
/// <param name="Equivalent">Mutants of which it is known that no test can notice them.</param>
internal sealed record MutationTarget(
    IReadOnlyList<string> Files,
    string Build,
    IReadOnlyList<string> Tests,
    int Seconds,
    int Minutes,
    IReadOnlyList<EquivalentMutant> Equivalent)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The targets of a file such as targets.json, by name.</summary>
    /// <exception cref="JsonException">A name is unknown or lacking.</exception>
    public static IReadOnlyDictionary<string, MutationTarget> ReadAll(string path) =>
        JsonSerializer.Deserialize<Dictionary<string, MutationTarget>>(File.ReadAllText(path), Strict)
        ?? throw new JsonException($"'{path}' holds no targets.");

    /// <summary>The reason why no test can notice a mutant of a file; null when one should.</summary>
    public string? WhyEquivalent(string file, Mutant mutant) =>
        Equivalent.FirstOrDefault(known => known.Is(file, mutant))?.Why;
}

/// <summary>A mutant that computes the same as its source, so that no test can notice it.</summary>
/// <param name="File">Its file.</param>
/// <param name="Line">The line with the fault in it, without the blanks around it; lines that read alike are all meant.</param>
/// <param name="Why">Why nothing changes.</param>
internal sealed record EquivalentMutant(string File, string Line, string Why)
{
    /// <summary>Whether a mutant is this one.</summary>
    public bool Is(string file, Mutant mutant) => file == File && mutant.Text == Line;
}
