using NanoFormer.Logs;

namespace NanoFormer.Data.Import;

/// <summary>
/// Reads recordings out of devices' serial logs (firmware/LOG-FORMAT.md): a record <c>collect</c> begins one, <c>samples</c> hold its
/// values, <c>collected</c> ends it. Lines, devices and boots are <see cref="SessionReader"/>'s; other records are passed over.
/// </summary>
/// <param name="repairs">Tells whether damaged lines are left out; where samples are missing a recording is cut.</param>
/// <param name="log">Gets damaged lines, lost samples, contradictions, and recordings whose names are not those given.</param>
/// <param name="label">The class of recordings of which the log names none; null to leave those unlabelled.</param>
/// <param name="subject">Who was recorded, where the log does not say; null when nobody knows.</param>
public sealed class CollectLog(RepairOptions repairs, FindingLog log, string? label = null, string? subject = null)
{
    private readonly HashSet<string> _known = [];

    /// <summary>Reads a log. A recording that an earlier log already held is reported and left out.</summary>
    /// <param name="bytes">The log, as it came from the serial port or as a terminal program saved it.</param>
    /// <param name="name">Name of the file, for messages and recording names.</param>
    public IReadOnlyList<SourceRecording> Read(Stream bytes, string name)
    {
        var session = new Session(this, name);
        new SessionReader(session).Read(bytes);
        if (session.Done.Count == 0)
        {
            log.Add(FindingKind.NoSamples, FindingOutcome.Refused, $"{name}: holds no 'collect' record with samples that can be used");
        }

        return session.Done;
    }

    /// <summary>One log while it is read.</summary>
    private sealed class Session(CollectLog options, string name) : ISessionSink
    {
        private readonly SourcePlace _place = new(name, "line");
        private readonly Dictionary<Boot, CollectedRecording> _open = [];
        private readonly HashSet<Boot> _boots = [];

        public List<SourceRecording> Done { get; } = [];

        public void Take(scoped in LogRecord record, Boot boot)
        {
            if (_boots.Add(boot))
            {
                // Another boot of the device ends what an earlier one had begun.
                foreach (var earlier in boot.Device.Boots.Where(earlier => earlier != boot).ToArray())
                {
                    End(earlier, (int)record.Line);
                }
            }

            switch (record.Kind)
            {
                case RecordKind.Boot:
                    End(boot, (int)record.Line);
                    break;
                case RecordKind.Collect:
                    End(boot, (int)record.Line);
                    Describe(boot, record);
                    break;
                case RecordKind.Samples:
                    Recording(boot, record).Add(record);
                    break;
                case RecordKind.Collected:
                    Describe(boot, record);
                    End(boot, (int)record.Line, record.Number("samples"u8));
                    break;
            }
        }

        public void Take(Logs.Finding finding)
        {
            string where = _place.Of((int)Math.Min(finding.Line, int.MaxValue));
            switch (finding.Kind)
            {
                case Logs.FindingKind.Torn or Logs.FindingKind.Unplaced:
                    options.AddFault(FindingKind.BadRow, $"{where}: {finding.Text}");
                    break;
                case Logs.FindingKind.Entangled:
                    options.AddFault(FindingKind.Contradiction, $"{where}: {finding.Text}");
                    break;
                case Logs.FindingKind.Rejoined or Logs.FindingKind.Cleaned or Logs.FindingKind.TornEdge:
                    options.Note(FindingKind.Salvaged, $"{where}: {finding.Text}");
                    break;
            }
        }

        public void End()
        {
            foreach (var boot in _open.Keys.ToArray())
            {
                End(boot, (int)boot.LastLine);
            }
        }

        /// <summary>The recording that a record belongs to; a new one where the line that began it is missing.</summary>
        private CollectedRecording Recording(Boot boot, LogRecord record)
        {
            long number = record.Number("rec"u8, -1);
            if (_open.TryGetValue(boot, out var open) && open.Number != number)
            {
                End(boot, (int)record.Line);
            }

            if (!_open.TryGetValue(boot, out var recording))
            {
                recording = new CollectedRecording(number);
                _open.Add(boot, recording);
            }

            return recording;
        }

        private void Describe(Boot boot, LogRecord record)
        {
            if (!Recording(boot, record).TryDescribe(record))
            {
                options.AddFault(FindingKind.BadRow, $"{_place.Of((int)record.Line)}: "
                    + "describes a recording without a rate, or with channels that are not NAME:UNIT:MANTISSA:SHIFT");
            }
        }

        private void End(Boot boot, int line, long samples = 0)
        {
            if (!_open.Remove(boot, out var recording))
            {
                return;
            }

            if (boot.IsEntangled)
            {
                options.AddFault(FindingKind.Contradiction,
                    $"{_place.Of(line)}: recording {recording.Number} may hold samples of two devices");
                return;
            }

            if (recording.Contradiction is { } contradiction)
            {
                options.AddFault(FindingKind.Contradiction, $"{_place.Of(line)}: recording {recording.Number}: {contradiction}");
                return;
            }

            if (!options._known.Add(recording.Content))
            {
                options.Note(FindingKind.Duplicate, $"{_place.Of(line)}: recording {recording.Number} is in the logs already");
                return;
            }

            Keep(recording, line, samples);
        }

        private void Keep(CollectedRecording recording, int line, long count)
        {
            var samples = Samples(recording, line, count);
            if (samples.Count == 0)
            {
                return;
            }

            string? label = NameOf(recording, "label", recording.Label, options.Label);
            Done.Add(new SourceRecording
            {
                Source = FormattableString.Invariant($"{_place.File}/{Done.Count + 1}"),
                Place = _place,
                Subject = NameOf(recording, "subject", recording.Subject, options.Subject) ?? "",
                RateHz = recording.RateHz,
                HasLabels = label is not null,
                Channels = recording.Channels,
                Samples = [.. samples.Select(sample => sample with { Label = label ?? "" })],
            });
        }

        /// <summary>What the user names, unless the log names something else that is to stay.</summary>
        private string? NameOf(CollectedRecording recording, string what, string? logged, string? told)
        {
            if (string.IsNullOrEmpty(told))
            {
                return logged;
            }

            if (!string.IsNullOrEmpty(logged) && logged != told)
            {
                options.AddOtherName(FormattableString.Invariant(
                    $"{_place.File}, recording {recording.Number}: its {what} is '{logged}', not '{told}'"));
            }

            return told;
        }

        private List<SourceSample> Samples(CollectedRecording recording, int lastLine, long count)
        {
            var samples = new List<SourceSample>();
            long next = 0;
            foreach (var line in recording.Lines)
            {
                if (!recording.IsDescribed)
                {
                    options.AddFault(FindingKind.BadRow,
                        $"{_place.Of(line.Line)}: samples of a recording of which neither beginning nor end is in the log");
                    continue;
                }

                if (line.First < next || line.Values(recording.Channels.Count) is not { } values)
                {
                    options.AddFault(FindingKind.BadRow, $"{_place.Of(line.Line)}: samples that were there already, or are not whole");
                    continue;
                }

                NoteLoss(line.Line, line.First - next);
                bool followsLoss = line.First > next && samples.Count > 0;
                foreach (short[] sample in values.Chunk(recording.Channels.Count))
                {
                    double[] physical = [.. sample.Select((value, channel) => value * recording.Channels[channel].Scale!.Value)];
                    samples.Add(new SourceSample(line.Line, 0, physical, "", followsLoss));
                    followsLoss = false;
                }

                next = line.First + (values.Length / recording.Channels.Count);
            }

            NoteLoss(lastLine, count - next);
            return samples;
        }

        private void NoteLoss(int line, long samples)
        {
            if (samples > 0)
            {
                options.Note(FindingKind.LostSamples, FormattableString.Invariant(
                    $"{_place.Of(line)}: {samples} samples before it are not in the log"), (int)Math.Min(samples, int.MaxValue));
            }
        }
    }

    private string? Label => label;

    private string? Subject => subject;

    private void AddFault(FindingKind kind, string problem) => log.Add(kind, repairs.DropBadRows, problem);

    private void AddOtherName(string problem) => log.Add(FindingKind.OtherName, repairs.ReplaceLoggedNames, problem);

    private void Note(FindingKind kind, string what, int count = 1) => log.Add(kind, FindingOutcome.Noted, what, count);
}
