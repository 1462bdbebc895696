namespace NanoFormer.Data.Import;

/// <summary>Finds and repairs samples that lack values.</summary>
internal static class MissingValues
{
    /// <summary>Leaves out, or refuses, every sample that lacks a value; does nothing when they are to be filled.</summary>
    public static IEnumerable<SourceSample> Drop(
        SourceRecording recording, IEnumerable<SourceSample> samples, RepairOptions repairs, FindingLog log)
    {
        if (IsFilled(repairs))
        {
            return samples;
        }

        return Dropped();

        IEnumerable<SourceSample> Dropped()
        {
            bool followsLoss = false;
            foreach (var sample in samples)
            {
                int channel = Array.FindIndex(sample.Values, double.IsNaN);
                if (channel < 0)
                {
                    yield return followsLoss ? sample with { FollowsLoss = true } : sample;
                    followsLoss = false;
                    continue;
                }

                log.Add(FindingKind.MissingValue, repairs.MissingValues == MissingValueRepair.Drop, Describe(recording, sample, channel));
                followsLoss = true;
            }
        }
    }

    /// <summary>
    /// Fills missing values, never across a place where the recording is cut; runs that are too long, or open at an end, are refused.
    /// </summary>
    public static IEnumerable<SourceSample> Fill(
        SourceRecording recording, IEnumerable<SourceSample> samples, RepairOptions repairs, FindingLog log) =>
        IsFilled(repairs) ? new Filler(recording, repairs, log).Run(samples) : samples;

    private static bool IsFilled(RepairOptions repairs) =>
        repairs.MissingValues is MissingValueRepair.Hold or MissingValueRepair.Interpolate;

    private static string Describe(SourceRecording recording, SourceSample sample, int channel) =>
        $"{recording.Place.Of(sample.Number, recording.Channels[channel].Name)}: has no value";

    /// <summary>Keeps samples back while a run of missing values may still be filled.</summary>
    private sealed class Filler(SourceRecording recording, RepairOptions repairs, FindingLog log)
    {
        private readonly List<SourceSample> _pending = [];
        private readonly double[] _last = Unknown(recording.Channels.Count);
        private readonly int[] _missing = new int[recording.Channels.Count];      // values of the open run
        private readonly SourceSample[] _first = new SourceSample[recording.Channels.Count]; // of the open run

        public IEnumerable<SourceSample> Run(IEnumerable<SourceSample> samples)
        {
            foreach (var sample in samples)
            {
                if (sample.FollowsLoss)
                {
                    CloseAll();
                    foreach (var done in TakePending())
                    {
                        yield return done;
                    }

                    Array.Fill(_last, double.NaN);
                }

                Add(sample with { Values = (double[])sample.Values.Clone() });
                if (Array.TrueForAll(_missing, count => count == 0 || count > repairs.FillLimit))
                {
                    foreach (var done in TakePending())
                    {
                        yield return done;
                    }
                }
            }

            CloseAll();
            foreach (var done in TakePending())
            {
                yield return done;
            }
        }

        private void Add(SourceSample sample)
        {
            _pending.Add(sample);
            for (int channel = 0; channel < _last.Length; channel++)
            {
                double value = sample.Values[channel];
                if (double.IsNaN(value))
                {
                    _first[channel] = _missing[channel]++ == 0 ? sample : _first[channel];
                    continue;
                }

                Close(channel, value);
                _last[channel] = value;
            }
        }

        private void CloseAll()
        {
            for (int channel = 0; channel < _last.Length; channel++)
            {
                Close(channel, double.NaN);
            }
        }

        /// <summary>Ends a run of missing values before a value, or before none (NaN).</summary>
        private void Close(int channel, double next)
        {
            int count = _missing[channel];
            if (count == 0)
            {
                return;
            }

            bool interpolate = repairs.MissingValues == MissingValueRepair.Interpolate;
            double before = _last[channel];
            bool isFilled = count <= repairs.FillLimit && !double.IsNaN(before) && !(interpolate && double.IsNaN(next));
            double slope = interpolate ? (next - before) / (count + 1) : 0;
            int begin = _pending.Count - count - (double.IsNaN(next) ? 0 : 1);
            for (int i = 0; isFilled && i < count; i++)
            {
                _pending[begin + i].Values[channel] = before + slope * (i + 1);
            }

            log.Add(FindingKind.MissingValue, isFilled, Describe(recording, _first[channel], channel), count);
            _missing[channel] = 0;
        }

        private SourceSample[] TakePending()
        {
            SourceSample[] done = [.. _pending];
            _pending.Clear();
            return done;
        }

        private static double[] Unknown(int count)
        {
            double[] values = new double[count];
            Array.Fill(values, double.NaN);
            return values;
        }
    }
}
