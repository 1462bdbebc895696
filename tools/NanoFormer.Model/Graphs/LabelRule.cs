namespace NanoFormer.Model;

/// <summary>
/// What the labels of a model must be: distinct in the device's log, which writes an underscore for a character that is not allowed in a
/// value (firmware/LOG-FORMAT.md), and none of the words that mean something else there.
/// </summary>
/// <remarks>For new models: an image of an older workbench is read whatever its labels are.</remarks>
public static class LabelRule
{
    private const string Remedy = "rename it in the data (data import --rename OLD=NEW)";

    private static readonly string[] Reserved = ["unknown", "*"];

    /// <summary>What is wrong with labels, with the remedy, as the end of a sentence; null when nothing is.</summary>
    public static string? Fault(IReadOnlyList<string> labels)
    {
        if (labels.FirstOrDefault(label => label.Length == 0 || Reserved.Contains(label, StringComparer.Ordinal)) is { } reserved)
        {
            return reserved.Length == 0
                ? $"a label is empty: {Remedy}"
                : $"'{reserved}' cannot be a label, the device's log says it when no class is sure: {Remedy}";
        }

        return labels.GroupBy(Logged).FirstOrDefault(same => same.Skip(1).Any()) is { } twins
            ? $"the labels {string.Join(" and ", twins.Select(label => $"'{label}'"))} are all '{twins.Key}' in the device's log: {Remedy}"
            : null;
    }

    /// <summary>A label as the device writes it.</summary>
    private static string Logged(string label) => string.Concat(label.Select(c => c is <= ' ' or '=' or '*' or > '~' ? '_' : c));
}
