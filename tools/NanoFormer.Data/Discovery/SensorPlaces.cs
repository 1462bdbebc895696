using System.Text.RegularExpressions;

namespace NanoFormer.Data.Discovery;

/// <summary>Files of several sensors that recorded the same at different places, such as a phone in the pocket and a watch: one place is used.</summary>
internal static partial class SensorPlaces
{
    private const double Twins = 0.5; // of the files that have one at another place, at least

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "phone", "smartphone", "sp", "watch", "smartwatch", "sw", "wrist", "ankle", "chest", "waist", "pocket", "thigh", "hip", "belt", "forearm",
        "upperarm", "shin", "shank", "torso",
    };

    /// <summary>The files of one place: that which the user names, or of which most is there. All files where names tell of no others.</summary>
    /// <param name="files">The files.</param>
    /// <param name="stated">A part of the place's name, or another sensor's; null to choose.</param>
    /// <param name="choices">Receives what is left out.</param>
    /// <returns>The files, and whether <paramref name="stated"/> named the place.</returns>
    public static ((string Path, string Name)[] Files, bool IsStated) Keep((string Path, string Name)[] files, string? stated, List<Choice> choices)
    {
        var placed = files.Select(file => (File: file, Place: PlaceOf(file.Name), Others: Token().Replace(file.Name, match => Words.Contains(match.Value.ToLowerInvariant()) ? "" : match.Value)))
            .Where(one => one.Place is not null).ToArray();
        int twins = placed.GroupBy(one => one.Others).Where(group => group.Select(one => one.Place).Distinct().Count() > 1).Sum(group => group.Count());
        if (twins == 0 || twins < Twins * files.Length)
        {
            return (files, false);
        }

        var places = placed.GroupBy(one => one.Place!).OrderByDescending(group => group.Sum(one => new FileInfo(one.File.Path).Length))
            .ThenBy(group => group.Key, StringComparer.Ordinal).ToArray();
        var named = stated is null ? null : places.FirstOrDefault(group => group.Key.Contains(stated, StringComparison.OrdinalIgnoreCase));
        var kept = named ?? places[0];
        string[] left = [.. places.Where(group => group != kept).Select(group => $"{group.Count()} files of '{group.Key}'")];
        choices.Add(new Choice("place", $"'{kept.Key}'; left out: {string.Join(", ", left)}", named is not null ? "--sensor"
            : "names that differ in the place only are of the same time; another place: --sensor NAME"));
        return ([.. files.Where(file => PlaceOf(file.Name) is not { } place || place == kept.Key)], named is not null);
    }

    private static string? PlaceOf(string name) => Token().Matches(name).Select(match => match.Value.ToLowerInvariant()).FirstOrDefault(Words.Contains);

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Token();
}
