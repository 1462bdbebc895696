namespace NanoFormer.Model;

/// <summary>
/// What the labels of a model must be: distinct in the device's log, which writes an underscore for a character that is not allowed in a
/// value (firmware/LOG-FORMAT.md), and none of the words that mean something else there.
/// </summary>
/// <remarks>For new models: an image of an older workbench is read whatever its labels are.</remarks>
public static class LabelRule
{
    private const string Remedy = "rename it in the data (data import --rename OLD=NEW)";

    private const int LongestLabel = ImageFormat.LabelBytes - 1;
    private const int LongestSuffix = 3; // "_99"

    private static readonly string[] Reserved = ["unknown", "*"];

    /// <summary>What is wrong with labels, with the remedy, as the end of a sentence; null when nothing is.</summary>
    public static string? Fault(IReadOnlyList<string> labels)
    {
        if (labels.FirstOrDefault(label => !IsAllowed(label)) is { } reserved)
        {
            return reserved.Length == 0
                ? $"a label is empty: {Remedy}"
                : $"'{reserved}' cannot be a label, the device's log says it when no class is sure: {Remedy}";
        }

        return labels.GroupBy(Logged).FirstOrDefault(same => same.Skip(1).Any()) is { } twins
            ? $"the labels {string.Join(" and ", twins.Select(label => $"'{label}'"))} are all '{twins.Key}' in the device's log: {Remedy}"
            : null;
    }

    /// <summary>Names for the same classes, in their order, that an image can hold as labels: each differs only where it must.</summary>
    public static IReadOnlyList<string> Mended(IReadOnlyList<string> labels)
    {
        string[] names = [.. labels.Select(Fitted)];
        var taken = labels.Where((label, i) => label == names[i]).Select(Logged).ToHashSet(StringComparer.Ordinal);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        return [.. labels.Zip(names, (label, name) =>
        {
            if (label == name ? kept.Add(Logged(name)) : taken.Add(Logged(name)))
            {
                return name;
            }

            string stem = name[..Math.Min(name.Length, LongestLabel - LongestSuffix)];
            int number = 2;
            while (!taken.Add(FormattableString.Invariant($"{Logged(stem)}_{number}")))
            {
                number++;
            }

            return FormattableString.Invariant($"{stem}_{number}");
        })];
    }

    /// <summary>A label in printable ASCII that fits its field and is no reserved word.</summary>
    private static string Fitted(string label)
    {
        if (!IsAllowed(label))
        {
            return label == Reserved[0] ? "other" : "class";
        }

        string ascii = string.Concat(label.Select(c => c is < ' ' or > '~' ? '_' : c));
        return !ascii.Any(char.IsAsciiLetterOrDigit) && ascii != label ? "class"
            : ascii.Length > LongestLabel ? ascii[..(LongestLabel - LongestSuffix)] : ascii;
    }

    private static bool IsAllowed(string label) => label.Length > 0 && !Reserved.Contains(label, StringComparer.Ordinal);

    /// <summary>A label as the device writes it.</summary>
    private static string Logged(string label) => string.Concat(label.Select(c => c is <= ' ' or '=' or '*' or > '~' ? '_' : c));
}
