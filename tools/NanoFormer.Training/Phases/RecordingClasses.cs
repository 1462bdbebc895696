using NanoFormer.Data;

namespace NanoFormer.Training.Phases;

/// <summary>The classes that recordings are labelled with, against those that a configuration names.</summary>
internal static class RecordingClasses
{
    /// <summary>Refuses class names that no recording has a sample of.</summary>
    /// <exception cref="ConfigException"><see cref="ConfigError.Mismatch"/>: there is such a name.</exception>
    public static void Require(IReadOnlyList<Recording> recordings, RecordingDataOptions options, string field)
    {
        Require(options.TestClasses, $"{field}.testClasses");
        Require(options.ClassGroups.Values.SelectMany(names => names), $"{field}.classGroups");

        void Require(IEnumerable<string> names, string place)
        {
            string? unknown = names.FirstOrDefault(name => !recordings.Any(recording => Has(recording, name)));
            Rules.RequireFit(unknown is null, place, $"names '{unknown}', a class without a sample");
        }
    }

    /// <summary>The recordings, with the classes of a group called by its name.</summary>
    public static IReadOnlyList<Recording> Group(IReadOnlyList<Recording> recordings, RecordingDataOptions options)
    {
        var groups = options.ClassGroups.SelectMany(group => group.Value, (group, name) => (name, group.Key)).ToDictionary();
        return [.. recordings.Select(recording => recording.OfClasses([.. recording.ClassNames.Select(name => groups.GetValueOrDefault(name, name))]))];
    }

    private static bool Has(Recording recording, string name) =>
        recording.ClassNames.Index().FirstOrDefault(one => one.Item == name, (Index: Recording.Unlabelled, Item: "")) is { Index: >= 0 and var index }
        && recording.Labels?.Contains(index) == true;
}
