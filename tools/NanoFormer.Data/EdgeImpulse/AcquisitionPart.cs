using NanoFormer.Data.Import;

namespace NanoFormer.Data.EdgeImpulse;

/// <summary>The samples of one acquisition file, all of one label.</summary>
internal sealed record AcquisitionPart(AcquisitionLabel Label, SourceRecording Recording)
{
    /// <summary>Reads the values; readings that are not whole are found, values that are null become NaN.</summary>
    public static AcquisitionPart Of(
        string name, AcquisitionContent content, AcquisitionLabel label, RepairOptions repairs, FindingLog log)
    {
        var place = new SourcePlace(name, "sample");
        var samples = new List<SourceSample>(content.Readings.Count);
        bool followsLoss = false;
        foreach (var (i, reading) in content.Readings.Index())
        {
            if (reading is { } values && values.Length == content.Sensors.Count)
            {
                samples.Add(new SourceSample(i + 1, 0, values, label.Label, followsLoss));
                followsLoss = false;
                continue;
            }

            log.Add(FindingKind.BadRow, repairs.DropBadRows, FormattableString.Invariant(
                $"{place.Of(i + 1)}: is not a list of {content.Sensors.Count} numbers"));
            followsLoss = true;
        }

        if (samples.Count == 0)
        {
            log.Add(FindingKind.NoSamples, FindingOutcome.Refused, $"{name}: holds no samples");
        }

        return new AcquisitionPart(label, new SourceRecording
        {
            Source = label.Source,
            Place = place,
            Subject = label.Subject,
            Split = label.Split,
            RateHz = SampleTimes.Round(1000 / content.IntervalMilliseconds),
            HasLabels = true,
            Channels = [.. content.Sensors.Select(sensor => new SourceChannel(sensor.Name, sensor.Units))],
            Samples = samples,
        });
    }

    /// <summary>The recordings, with parts that follow each other in one of them joined.</summary>
    public static IReadOnlyList<SourceRecording> Join(IReadOnlyList<AcquisitionPart> parts)
    {
        var joined = new List<SourceRecording>();
        // Names end in a number without leading zeros, so of two names of one source the shorter comes first.
        foreach (var group in parts.GroupBy(part => (part.Label.Source, part.Label.Recording, part.Label.Split))
            .OrderBy(group => group.Key.Source, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Recording.Length).ThenBy(group => group.Key.Recording, StringComparer.Ordinal))
        {
            AddJoined(joined, [.. group.OrderBy(part => part.Label.Start)]);
        }

        return joined;
    }

    private static void AddJoined(List<SourceRecording> joined, AcquisitionPart[] parts)
    {
        var samples = new List<SourceSample>();
        for (int i = 0; i < parts.Length; i++)
        {
            samples.AddRange(parts[i].Recording.Samples);
            int end = parts[i].Label.Start + parts[i].Recording.Samples.Count;
            if (i == parts.Length - 1 || parts[i + 1].Label.Start != end)
            {
                joined.Add(parts[i].Recording with { Samples = samples });
                samples = [];
            }
        }
    }
}
