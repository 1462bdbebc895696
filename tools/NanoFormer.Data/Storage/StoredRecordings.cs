namespace NanoFormer.Data.Storage;

/// <summary>Reads recordings that this library wrote.</summary>
internal static class StoredRecordings
{
    public static IReadOnlyList<Recording> Read(PackedFolder folder)
    {
        var list = folder.Header.Recordings ?? throw folder.BadHeader("no 'recordings'");
        short[] samples = folder.ReadInt16(StoredFormat.SignalKey);
        var channels = folder.ChannelInfos();
        return [.. folder.Parse<StoredRecording[]>(list).Select(stored => new Recording
        {
            Name = stored.Name,
            Source = stored.Source ?? "",
            Subject = stored.Subject,
            Split = stored.Split ?? "",
            RateHz = folder.Header.RateHz,
            Channels = channels,
            Samples = PackedRecordings.Slice(folder, StoredFormat.SignalKey, samples, stored.Offset, stored.Samples, channels.Length),
            Labels = stored.Labels is { } spans ? LabelsOf(folder, stored, spans) : null,
            ClassNames = folder.Header.Labels.Names,
        })];
    }

    private static int[] LabelsOf(PackedFolder folder, StoredRecording stored, StoredSpan[] spans)
    {
        int[] labels = new int[stored.Samples];
        Array.Fill(labels, Recording.Unlabelled);
        int end = 0;
        foreach (var span in spans)
        {
            int label = IndexOf(folder.Header.Labels.Names, span.Label);
            if (label < 0 || span.Start < end || span.Samples < 1 || span.Start > stored.Samples - span.Samples)
            {
                throw folder.BadHeader(FormattableString.Invariant(
                    $"recording {stored.Name}: '{span.Label}' from sample {span.Start} on is not a span of a known class in order of time"));
            }

            end = span.Start + span.Samples;
            Array.Fill(labels, label, span.Start, span.Samples);
        }

        return labels;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name) =>
        names.Index().FirstOrDefault(pair => pair.Item == name, (Index: -1, Item: "")).Index;
}
