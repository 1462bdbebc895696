using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    /// <summary>What decided that the model was written: the learnt windows of each bout, judged by the model fitted to the others.</summary>
    public required PersonalErrors Trial { get; init; }

    /// <summary>Of each class, windows that neither were learnt from nor decided anything.</summary>
    public required IReadOnlyList<PersonalClass> Classes { get; init; }

    /// <summary>Seconds of the recordings that the log counts and does not hold; null where nobody knows.</summary>
    public double? MissingSeconds { get; init; }

    /// <summary>All of those; none shares a sample with one that was learnt from.</summary>
    public PersonalErrors Judged => PersonalErrors.Sum(Classes.Select(c => c.Judged));

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <summary>As a page.</summary>
    public string ToPage()
    {
        var page = new StringBuilder(Invariant($"# {Name}, fitted to its wearer\n\n"));
        page.Append(Invariant($"Errors on {Judged.Windows} windows that were not learnt from: {Judged.Before} before, **{Judged.After} after**, both in int8.\n"));
        page.Append("Those windows decided nothing, but come from the same bouts as the learnt ones: another day may be worse.\n");
        page.Append(Invariant($"On the learnt windows, each judged by the model fitted to the other bouts: {Trial.Before} of {Trial.Windows} before, {Trial.After} after.\n\n"));
        page.Append("| class | learnt from | judged | errors before | after |\n|---|---:|---:|---:|---:|\n");
        foreach (var (name, learnt, judged, _) in Classes)
        {
            page.Append(Invariant($"| {name} | {learnt} | {judged.Windows} | {judged.Before} | {judged.After} |\n"));
        }

        foreach (var waited in Classes.Where(c => c.Waited > 0))
        {
            page.Append(Invariant($"\n{waited.Waited} still windows at the ends of bouts of {waited.Name} are left out: there the device waited, after it was switched on or before it slept."));
            page.Append('\n');
        }

        if (MissingSeconds is > 0 and var missing)
        {
            page.Append(Invariant($"\n**{missing:0.0} seconds are missing in the log**: samples that the device counted and that never arrived. Bouts end there.\n"));
        }

        return page.Append(Invariant($"\nMade by\n\n    {Command}\n")).ToString();
    }
}

/// <summary>One class of a wearer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Learnt">Windows learnt from.</param>
/// <param name="Judged">Other windows, and the errors on them.</param>
/// <param name="Waited">Still windows at the ends of bouts, which are left out.</param>
public sealed record PersonalClass(string Name, int Learnt, PersonalErrors Judged, int Waited);

/// <summary>What a model and the one fitted to its wearer get wrong, in int8.</summary>
/// <param name="Windows">Windows judged.</param>
/// <param name="Before">Those that the old model gets wrong.</param>
/// <param name="After">Those that the fitted model gets wrong.</param>
public sealed record PersonalErrors(int Windows, int Before, int After)
{
    /// <summary>
    /// Whether a trial with these errors speaks for the fitted model: there is something to mend, and no more of it after. A draw is enough,
    /// because few errors seldom tell.
    /// </summary>
    [JsonIgnore]
    public bool SpeaksForFitting => Before > 0 && After <= Before;

    internal static PersonalErrors Sum(IEnumerable<PersonalErrors> parts) => parts.Aggregate(
        new PersonalErrors(0, 0, 0), (sum, part) => new(sum.Windows + part.Windows, sum.Before + part.Before, sum.After + part.After));
}
