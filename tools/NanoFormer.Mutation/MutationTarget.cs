using System.Text.Json;

namespace NanoFormer.Mutation;

/// <summary>Sources to put faults into, and the commands that should notice. Paths and commands are those of the tree's root.</summary>
/// <param name="Files">The sources.</param>
/// <param name="Build">Builds the tests when <c>$FILE</c> has changed; a mutant with which it fails is none.</param>
/// <param name="Tests">The tests, the quickest to notice first; each fails by its exit code.</param>
/// <param name="Seconds">How long building or a test may take before it counts as hanging.</param>
internal sealed record MutationTarget(IReadOnlyList<string> Files, string Build, IReadOnlyList<string> Tests, int Seconds)
{
    /// <summary>The targets of a file such as targets.json, by name.</summary>
    public static IReadOnlyDictionary<string, MutationTarget> ReadAll(string path) =>
        JsonSerializer.Deserialize<Dictionary<string, MutationTarget>>(File.ReadAllText(path), JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"'{path}' holds no targets.");
}
