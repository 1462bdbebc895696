using System.Globalization;
using System.Text.Json;

namespace NanoFormer.Mutation;

/// <summary>What the tests of a target noticed.</summary>
/// <param name="Target">Its name.</param>
/// <param name="All">The mutants there are.</param>
internal sealed record MutationReport(string Target, int All)
{
    /// <summary>The part that should be noticed, of a target that is tested well.</summary>
    public const double Asked = 0.85;

    /// <summary>Mutants that some test noticed.</summary>
    public int Noticed { get; private set; }

    /// <summary>Mutants that do not compile.</summary>
    public int Refused { get; private set; }

    /// <summary>Mutants that no test noticed, though one should.</summary>
    public List<TriedMutant> Survivors { get; } = [];

    /// <summary>Mutants that no test noticed, and none can.</summary>
    public List<TriedMutant> Equivalent { get; } = [];

    /// <summary>Mutants that are listed as equivalent and were noticed: they are not.</summary>
    public List<TriedMutant> NotEquivalent { get; } = [];

    /// <summary>Known mutants of the list that are none of the source's: their line has changed.</summary>
    public List<EquivalentMutant> Stale { get; } = [];

    /// <summary>Mutants that were tried before time was up.</summary>
    public int Tried => Noticed + Refused + Survivors.Count + Equivalent.Count;

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>The part that was noticed, 0..1, of those that compile and are not equivalent.</summary>
    public double Score => Noticed + Survivors.Count == 0 ? 0 : (double)Noticed / (Noticed + Survivors.Count);

    /// <summary>Whether every mutant was tried, enough were noticed, and the list of equivalent ones is right.</summary>
    public bool IsGood => Tried == All && Score >= Asked && NotEquivalent.Count == 0 && Stale.Count == 0;

    /// <summary>Adds a mutant that did not compile.</summary>
    public void Refuse() => Refused++;

    /// <summary>Adds a mutant that compiled.</summary>
    /// <param name="mutant">The mutant; with a reason when it is listed as equivalent.</param>
    /// <param name="noticed">Whether a test failed.</param>
    public void Add(TriedMutant mutant, bool noticed)
    {
        if (noticed)
        {
            Noticed++;
        }

        if (noticed && mutant.Why != null)
        {
            NotEquivalent.Add(mutant);
        }
        else if (!noticed)
        {
            (mutant.Why == null ? Survivors : Equivalent).Add(mutant);
        }
    }

    /// <summary>The mutants that somebody should look at, then the score, on a line each.</summary>
    public string Lines()
    {
        string[] lines =
        [
            .. Survivors.Order().Select(mutant => $"  not noticed: {mutant}"),
            .. Equivalent.Order().Select(mutant => $"  equivalent: {mutant}"),
            .. NotEquivalent.Order().Select(mutant => $"  listed as equivalent, but noticed: {mutant}"),
            .. Stale.Select(known => $"  listed as equivalent, but not there: {known.File}: {known.Line}"),
            string.Create(CultureInfo.InvariantCulture,
                $"{Target}: {Noticed} of {Noticed + Survivors.Count} faults noticed, {Score:P1}; {Equivalent.Count} equivalent, ")
            + string.Create(CultureInfo.InvariantCulture, $"{Refused} do not compile, {All - Tried} not tried; {Time.TotalMinutes:0.0} min"),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>A JSON array with an object for each of several reports.</summary>
    public static string Json(IEnumerable<MutationReport> reports) =>
        JsonSerializer.Serialize(reports.Select(report => report.Content()), Layout);

    private static readonly JsonSerializerOptions Layout = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private object Content() => new
    {
        Target,
        All,
        Tried,
        Noticed,
        Refused,
        Score = Math.Round(Score, 4),
        Asked,
        Seconds = Math.Round(Time.TotalSeconds),
        Survivors = Survivors.Order(),
        Equivalent = Equivalent.Order(),
        NotEquivalent = NotEquivalent.Order(),
        Stale,
    };
}
