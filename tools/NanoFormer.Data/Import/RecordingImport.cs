using System.Globalization;

namespace NanoFormer.Data.Import;

/// <summary>Turns what sources hold into recordings that a trainer can read: checked, repaired as asked, evenly sampled int16.</summary>
public static class RecordingImport
{
    /// <summary>A longer step in time than this many sample periods is a gap, unless said otherwise.</summary>
    public const double UsualGapPeriods = 1.5;

    /// <summary>Imports recordings of one kind of sensor, and keeps them in memory.</summary>
    /// <param name="sources">The recordings; all with the same channels.</param>
    /// <param name="repairs">Which faults to repair; all others are refused.</param>
    /// <param name="log">Holds what the readers of the sources found, and gets what is found here.</param>
    /// <param name="gapPeriods">A longer step in time than this many sample periods is a gap: a new recording begins.</param>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: sources differ in their channels.
    /// <see cref="DataError.BadOption"/>: a label to rename occurs nowhere.</exception>
    public static ImportResult Run(
        IReadOnlyList<SourceRecording> sources, RepairOptions repairs, FindingLog log, double gapPeriods = UsualGapPeriods)
    {
        var recordings = new RecordingList();
        Run(sources, repairs, log, gapPeriods, recordings);
        var result = new ImportResult(recordings.All, log.All);
        return result.IsRefused ? result with { Recordings = [] } : result;
    }

    /// <summary>
    /// Imports recordings of one kind of sensor and hands them on sample by sample, so that they need not fit into memory. Faults may be
    /// found up to the end: what was handed on counts only when the log refuses nothing.
    /// </summary>
    /// <inheritdoc cref="Run(IReadOnlyList{SourceRecording}, RepairOptions, FindingLog, double)"/>
    public static void Run(
        IReadOnlyList<SourceRecording> sources, RepairOptions repairs, FindingLog log, double gapPeriods, IRecordingSink sink)
    {
        if (sources.Count == 0)
        {
            return;
        }

        RequireSameChannels(sources);
        var labels = new LabelNames(sources, repairs, log);
        var plan = new ImportPlan(sources, repairs, labels, gapPeriods, log);
        plan.Write(sink, log);
    }

    private static void RequireSameChannels(IReadOnlyList<SourceRecording> sources)
    {
        if (sources.FirstOrDefault(source => !source.Channels.SequenceEqual(sources[0].Channels)) is { } other)
        {
            throw new DataException(DataError.Incompatible,
                $"{other.Place.File} has the channels {Describe(other)}, but {sources[0].Place.File} {Describe(sources[0])}.");
        }
    }

    private static string Describe(SourceRecording recording) =>
        string.Join(", ", recording.Channels.Select(channel => $"{channel.Name} ({channel.Unit})"));
}

/// <summary>What an import made of its sources.</summary>
/// <param name="Recordings">Recordings of one rate, one set of channels and one list of classes; none when the import was refused.</param>
/// <param name="Findings">What was wrong with the sources, and what became of it.</param>
public sealed record ImportResult(IReadOnlyList<Recording> Recordings, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether something is wrong that no option asked to repair.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Outcome == FindingOutcome.Refused);
}

/// <summary>
/// What a first reading of all samples tells - pieces, rate, steps, classes - and the second reading that stores them. Every stage passes
/// samples on one by one; where a recording is cut, the next sample says that it follows a loss.
/// </summary>
internal sealed class ImportPlan
{
    private const int ChunkSamples = 4096;

    private readonly IReadOnlyList<SourceRecording> _sources;
    private readonly RepairOptions _repairs;
    private readonly LabelNames _labels;
    private readonly double _gapPeriods;
    private readonly SampleTimes?[] _times;
    private readonly List<Piece> _pieces = [];
    private readonly ValueRange[] _ranges;
    private readonly double _rateHz;

    public ImportPlan(
        IReadOnlyList<SourceRecording> sources, RepairOptions repairs, LabelNames labels, double gapPeriods, FindingLog log)
    {
        _sources = sources;
        _repairs = repairs;
        _labels = labels;
        _gapPeriods = gapPeriods;
        _ranges = [.. sources[0].Channels.Select(_ => new ValueRange())];
        _times = [.. sources.Select(source => source.HasTimes ? SampleTimes.Of(source.Samples) : null)];
        Measure(log);
        _rateHz = RateAgreement.Settle(_pieces, repairs, log);
    }

    /// <summary>Hands the recordings on.</summary>
    public void Write(IRecordingSink sink, FindingLog log)
    {
        if (_pieces.Count == 0)
        {
            return;
        }

        var channels = Quantizer.ChannelsOf(_sources[0].Channels, _ranges, _repairs);
        var quantizer = new Quantizer(channels, _ranges, _repairs, log);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var pieces = _pieces.GetEnumerator();
        foreach (var (i, source) in _sources.Index())
        {
            // The first reading has reported what it found.
            using var samples = Clean(i, new FindingLog()).GetEnumerator();
            for (var cursor = new PieceCursor(samples); cursor.Next();)
            {
                pieces.MoveNext();
                var piece = pieces.Current;
                if (piece.IsLeftOut)
                {
                    continue;
                }

                sink.Begin(new Recording
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"{source.Source}#{NextNumber(numbers, source.Source)}"),
                    Source = source.Source,
                    Subject = source.Subject,
                    Split = source.Split,
                    RateHz = _rateHz,
                    Channels = channels,
                    Samples = [],
                    Labels = source.HasLabels ? [] : null,
                    ClassNames = _labels.Classes,
                });
                Store(EvenSpacing.Apply(piece, cursor.Piece(), _repairs.ResampleHz, log), source, channels.Length, quantizer, sink);
                sink.End();
            }
        }
    }

    /// <summary>Reads all samples once: finds the pieces and what is usual in them.</summary>
    private void Measure(FindingLog log)
    {
        var physics = new PhysicalCheck(_sources[0].Channels);
        var duplicates = new DuplicateSearch();
        foreach (var (i, source) in _sources.Index())
        {
            physics.FindTimeUnit(source, _times[i]?.Packets is { } packets ? 1 / packets.Period : _times[i]?.RateHz, _repairs.KeepTimeUnit, log);
            FindPackets(source, _times[i], log);
            Piece? piece = null;
            foreach (var sample in Clean(i, log))
            {
                if (piece is null || sample.FollowsLoss)
                {
                    End(piece, duplicates);
                    piece = new Piece(source, sample.Number) { Begin = sample.Seconds };
                    _pieces.Add(piece);
                    duplicates.Begin();
                }

                piece.Count++;
                piece.End = sample.Seconds;
                _labels.Meet(sample.Label);
                duplicates.Add(sample.Values);
                physics.Add(sample.Values);
                for (int channel = 0; channel < _ranges.Length; channel++)
                {
                    _ranges[channel].Add(sample.Values[channel]);
                }
            }

            End(piece, duplicates);
        }

        physics.FindUnits(_ranges, log);
        FindDuplicates(duplicates, log);
    }

    private void End(Piece? piece, DuplicateSearch duplicates)
    {
        if (piece is null)
        {
            return;
        }

        duplicates.End();
        foreach (var range in _ranges)
        {
            range.Cut();
        }
    }

    private void FindPackets(SourceRecording source, SampleTimes? times, FindingLog log)
    {
        if (times?.Packets is not { } packets || _repairs.Bursts == BurstRepair.Keep)
        {
            return;
        }

        log.Add(FindingKind.BurstyTime, _repairs.Bursts == BurstRepair.Spread, FormattableString.Invariant(
            $"{source.Place.File}: up to {packets.Largest} samples at a time, {SampleTimes.Round(1 / packets.Period):G5} Hz in all"));
    }

    private void FindDuplicates(DuplicateSearch duplicates, FindingLog log)
    {
        foreach (var (first, second) in duplicates.Pairs())
        {
            var (a, b) = (_pieces[first], _pieces[second]);
            if (a.IsLeftOut || b.IsLeftOut)
            {
                continue;
            }

            log.Add(FindingKind.DuplicateRecording, _repairs.DropDuplicateRecordings,
                FormattableString.Invariant($"{b.Place}: the samples from {a.Place} on again"));
            b.IsLeftOut = _repairs.DropDuplicateRecordings;
        }
    }

    /// <summary>The samples of a source: named as asked, in order of time, complete, and marked where it is to be cut.</summary>
    private IEnumerable<SourceSample> Clean(int index, FindingLog log)
    {
        var (source, times) = (_sources[index], _times[index]);
        IEnumerable<SourceSample> samples = source.Samples;
        double? rate = times?.RateHz ?? source.RateHz;
        if (times is not null)
        {
            samples = _repairs.BackwardTimes == BackwardTimeRepair.Sort ? TimeOrder.Sort(source, log) : samples;
            if (times.Packets is { } packets && _repairs.Bursts != BurstRepair.Keep)
            {
                samples = packets.Spread(samples);
                rate = 1 / packets.Period;
            }

            samples = TimeOrder.Repair(source, samples, _repairs, log);
        }

        samples = MissingValues.Drop(source, _labels.Rename(samples), _repairs, log);
        samples = TimeOrder.MarkGaps(source, samples, times is null ? null : _gapPeriods / rate, log);
        return MissingValues.Fill(source, samples, _repairs, log);
    }

    private void Store(
        IEnumerable<SourceSample> samples, SourceRecording source, int width, Quantizer quantizer, IRecordingSink sink)
    {
        short[] steps = new short[ChunkSamples * width];
        int[] labels = new int[ChunkSamples];
        int count = 0;
        foreach (var sample in samples)
        {
            quantizer.Store(source.Place, sample, steps.AsSpan(count * width, width));
            labels[count++] = _labels.ClassOf(sample.Label);
            if (count == ChunkSamples)
            {
                sink.Add(steps, source.HasLabels ? labels : []);
                count = 0;
            }
        }

        sink.Add(steps.AsSpan(0, count * width), source.HasLabels ? labels.AsSpan(0, count) : []);
    }

    private static int NextNumber(Dictionary<string, int> numbers, string source) =>
        numbers[source] = numbers.GetValueOrDefault(source) + 1;

    /// <summary>Goes from piece to piece; a piece need not be read to its end.</summary>
    private sealed class PieceCursor(IEnumerator<SourceSample> samples)
    {
        private bool _isOver;
        private bool _isAtBegin;
        private bool _hasBegun;

        /// <summary>Goes to the first sample of the next piece; false when there is none.</summary>
        public bool Next()
        {
            while (!_isOver && !_isAtBegin)
            {
                Advance();
            }

            bool isPiece = _isAtBegin;
            _isAtBegin = false;
            return isPiece;
        }

        /// <summary>The samples of the piece.</summary>
        public IEnumerable<SourceSample> Piece()
        {
            do
            {
                yield return samples.Current;
            }
            while (Advance() && !_isAtBegin);
        }

        private bool Advance()
        {
            bool isFirst = !_hasBegun;
            _hasBegun = true;
            _isOver = !samples.MoveNext();
            _isAtBegin = !_isOver && (isFirst || samples.Current.FollowsLoss);
            return !_isOver;
        }
    }
}
