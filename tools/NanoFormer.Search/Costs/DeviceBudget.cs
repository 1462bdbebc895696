using System.Globalization;

namespace NanoFormer.Search.Costs;

/// <summary>What a model may cost a device at most; null where there is no limit.</summary>
/// <param name="FlashBytes">Bytes of the image.</param>
/// <param name="ArenaBytes">Bytes of the arena.</param>
/// <param name="Instructions">Instructions of one window.</param>
public sealed record DeviceBudget(long? FlashBytes, long? ArenaBytes, long? Instructions)
{
    private const string Flash = "flash";
    private const string Arena = "arena";
    private const string InstructionCount = "instructions";
    private const int Kibi = 1024;
    private const int Kilo = 1000;

    /// <summary>
    /// Reads <c>flash=64K,arena=16K,instructions=2M</c>, or some of it: K and M are 1024 and 1024² bytes, a thousand and a million
    /// instructions.
    /// </summary>
    /// <exception cref="SearchException"><see cref="SearchError.BadBudget"/>.</exception>
    public static DeviceBudget Parse(string text)
    {
        var limits = new Dictionary<string, long>();
        foreach (string entry in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (entry.Split('=') is not [var name, var value] || name is not (Flash or Arena or InstructionCount))
            {
                throw Wrong(text, $"'{entry}' is none of {Flash}=, {Arena}= and {InstructionCount}=");
            }

            long limit = Number(value, name == InstructionCount ? Kilo : Kibi) ?? throw Wrong(text, $"'{value}' is not a number above 0");
            if (!limits.TryAdd(name, limit))
            {
                throw Wrong(text, $"it names {name} twice");
            }
        }

        return new DeviceBudget(Limit(limits, Flash), Limit(limits, Arena), Limit(limits, InstructionCount));
    }

    /// <summary>The same with another's limits where it has none.</summary>
    public DeviceBudget Or(DeviceBudget other) =>
        new(FlashBytes ?? other.FlashBytes, ArenaBytes ?? other.ArenaBytes, Instructions ?? other.Instructions);

    /// <summary>The first limit that a candidate exceeds, as a phrase; null for none. Instructions nobody counted exceed nothing.</summary>
    public string? Excess(CandidateCosts costs) =>
        Excess(Flash, costs.ImageBytes, FlashBytes) ?? Excess(Arena, costs.ArenaBytes, ArenaBytes)
        ?? Excess(InstructionCount, costs.Instructions ?? 0, Instructions);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        (string Name, long? Value)[] limits = [(Flash, FlashBytes), (Arena, ArenaBytes), (InstructionCount, Instructions)];
        return string.Join(',', limits.Where(limit => limit.Value is not null)
            .Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Name}={limit.Value}")));
    }

    private static string? Excess(string name, long value, long? limit) =>
        value > limit ? string.Create(CultureInfo.InvariantCulture, $"{name} {value} > {limit}") : null;

    private static long? Limit(Dictionary<string, long> limits, string name) => limits.TryGetValue(name, out long limit) ? limit : null;

    private static long? Number(string text, long thousand)
    {
        var (digits, unit) = text switch
        {
            [.., 'K' or 'k'] => (text[..^1], thousand),
            [.., 'M' or 'm'] => (text[..^1], thousand * thousand),
            _ => (text, 1),
        };
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number * unit is >= 1 and <= int.MaxValue
            ? (long)(number * unit)
            : null;
    }

    private static SearchException Wrong(string text, string why) =>
        new(SearchError.BadBudget, $"The budget '{text}' is not understood: {why}.");
}
