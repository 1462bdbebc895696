namespace NanoFormer.Data.Preparation;

/// <summary>What recordings must share to make one data set.</summary>
internal static class RecordingKind
{
    /// <summary>Requires at least one recording, and one rate, one set of channels and one list of classes.</summary>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>.</exception>
    public static void RequireSame(IReadOnlyList<Recording> recordings)
    {
        if (recordings.Count == 0)
        {
            throw new DataException(DataError.Incompatible, "There are no recordings.");
        }

        var first = recordings[0];
        if (recordings.FirstOrDefault(other => other.RateHz != first.RateHz || !other.Channels.SequenceEqual(first.Channels)
            || !other.ClassNames.SequenceEqual(first.ClassNames)) is { } other)
        {
            throw new DataException(DataError.Incompatible,
                $"Recordings {first.Name} and {other.Name} differ in rate, channels or classes.");
        }
    }
}
