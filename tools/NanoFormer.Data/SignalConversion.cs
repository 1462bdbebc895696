namespace NanoFormer.Data;

/// <summary>Brings recordings of one sensor into the form another set or a model uses.</summary>
public static class SignalConversion
{
    /// <summary>
    /// The same signal in the int16 steps of other channels, matched by position; values that do not fit saturate, as a sensor's do.
    /// </summary>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: another number of channels, or other units.</exception>
    public static Recording ToChannels(Recording recording, IReadOnlyList<ChannelInfo> channels)
    {
        if (!recording.Channels.Select(c => c.Unit).SequenceEqual(channels.Select(c => c.Unit)))
        {
            throw new DataException(DataError.Incompatible, $"The channels of {recording.Name} have other units than those asked for.");
        }

        double[] ratios = recording.Channels.Zip(channels, (from, to) => from.Scale / to.Scale).ToArray();
        short[] samples = recording.Samples.Select((value, i) => ToInt16(value * ratios[i % ratios.Length])).ToArray();
        return recording.With(channels: channels, samples: samples);
    }

    /// <summary>Brings recordings that differ in scale alone to the coarsest scale of each channel, in which all of them fit.</summary>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: other numbers of channels, or other units.</exception>
    public static IReadOnlyList<Recording> ToCommonScale(IReadOnlyList<Recording> recordings)
    {
        if (recordings.Count == 0 || recordings.All(r => r.Channels.SequenceEqual(recordings[0].Channels)))
        {
            return recordings;
        }

        int width = recordings.Min(r => r.Channels.Count);
        var channels = recordings[0].Channels.Take(width)
            .Select((channel, i) => channel with { Scale = recordings.Max(r => r.Channels[i].Scale) }).ToArray();
        return [.. recordings.Select(r => ToChannels(r, channels))];
    }

    /// <summary>
    /// Subtracts from every channel of a unit its own slow mean: a first-order low-pass that begins at the first sample.
    /// Takes the offset off a gyroscope that has not been calibrated.
    /// </summary>
    /// <param name="recording">The recording; it is not changed.</param>
    /// <param name="unit">Unit of the channels to treat, such as <c>rad/s</c>.</param>
    /// <param name="cutoffHz">Corner frequency of the low-pass.</param>
    public static Recording RemoveSlowMean(Recording recording, string unit, double cutoffHz)
    {
        double weight = 1 - Math.Exp(-2 * Math.PI * cutoffHz / recording.RateHz);
        short[] samples = (short[])recording.Samples.Clone();
        int width = recording.Channels.Count;
        for (int channel = 0; channel < width && samples.Length > 0; channel++)
        {
            if (recording.Channels[channel].Unit != unit)
            {
                continue;
            }

            double mean = samples[channel];
            for (int i = channel; i < samples.Length; i += width)
            {
                mean += weight * (samples[i] - mean);
                samples[i] = ToInt16(samples[i] - mean);
            }
        }

        return recording.With(samples: samples);
    }

    private static short ToInt16(double value) =>
        (short)Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), short.MinValue, short.MaxValue);
}
