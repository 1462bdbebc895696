using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace NanoFormer.Training.Personal;

/// <summary>What a wearer's own windows changed.</summary>
public sealed record PersonalCard
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>The command line.</summary>
    public required string Command { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>For each class: windows learnt from, windows judged by, and how many of those each model gets wrong.</summary>
    public required IReadOnlyList<PersonalClass> Classes { get; init; }

    /// <summary>Windows judged by; none shares a sample with one that was learnt from.</summary>
    public int Judged => Classes.Sum(c => c.Judged);

    /// <summary>Errors of the old model on them, in int8.</summary>
    public int ErrorsBefore => Classes.Sum(c => c.ErrorsBefore);

    /// <summary>Errors of the fitted model on them, in int8.</summary>
    public int ErrorsAfter => Classes.Sum(c => c.ErrorsAfter);

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <summary>As a page.</summary>
    public string ToPage()
    {
        var page = new StringBuilder(Invariant($"# {Name}, fitted to its wearer\n\n"));
        page.Append(Invariant($"Errors on {Judged} windows that were not learnt from: {ErrorsBefore} before, **{ErrorsAfter} after**, both in int8.\n"));
        page.Append("Those windows come from the same recordings as the learnt ones, and decided that the model was written: another day may be worse.\n\n");
        page.Append("| class | learnt from | judged | errors before | after |\n|---|---:|---:|---:|---:|\n");
        foreach (var row in Classes)
        {
            page.Append(Invariant($"| {row.Name} | {row.Learnt} | {row.Judged} | {row.ErrorsBefore} | {row.ErrorsAfter} |\n"));
        }

        return page.Append(Invariant($"\nMade by\n\n    {Command}\n")).ToString();
    }
}

/// <summary>One class of a wearer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Learnt">Windows learnt from.</param>
/// <param name="Judged">Windows judged by.</param>
/// <param name="ErrorsBefore">Those that the old model gets wrong.</param>
/// <param name="ErrorsAfter">Those that the fitted model gets wrong.</param>
public sealed record PersonalClass(string Name, int Learnt, int Judged, int ErrorsBefore, int ErrorsAfter);
