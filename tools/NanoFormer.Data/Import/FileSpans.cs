namespace NanoFormer.Data.Import;

/// <summary>The labelled spans of one file: tells the class of each of its rows.</summary>
public sealed class FileSpans
{
    private const double Tolerance = 1e-5;     // seconds; dates since 1970 are that exact
    private const double BeyondPeriods = 1.5;  // of the last step that a span may end after the last sample

    private readonly string _table;
    private readonly SpanUnit _unit;
    private readonly LabelSpan[] _spans;       // by start
    private readonly List<double> _begins = [double.NegativeInfinity]; // of the stretches that have one class, in units of the table
    private readonly List<string> _labels = [""];
    private double _origin;
    private double _stampSeconds = 1;
    private (int Row, double Seconds, double Step) _last = (-1, 0, 0);

    /// <summary>Spans of one recording; those of different labels that overlap are reported.</summary>
    internal FileSpans(string file, string table, SpanUnit unit, IReadOnlyList<LabelSpan> spans, RepairOptions repairs, FindingLog log)
    {
        (_table, _unit) = (table, unit);
        _spans = [.. spans.Select(HalfOpen).OrderBy(span => span.Start)];
        TrimShared();
        var active = new List<LabelSpan>();
        foreach (var span in _spans)
        {
            if (active.Find(other => other.End > span.Start && other.Label != span.Label) is { } other)
            {
                log.Add(FindingKind.SpanOverlap, repairs.DropBadSpans, FormattableString.Invariant(
                    $"{table}, line {span.Line}: '{span.Label}' begins in {file} before '{other.Label}' of line {other.Line} ends"));
            }

            active.RemoveAll(old => old.End <= span.Start);
            active.Add(span);
        }

        Flatten();
    }

    /// <summary>Begins the file again.</summary>
    /// <param name="origin">Its first time stamp, a date in seconds since 1970; null without.</param>
    /// <param name="stampSeconds">Seconds in one unit of the stamps.</param>
    /// <exception cref="DataException"><see cref="DataError.BadOption"/>: the spans count time stamps, and there are none.</exception>
    internal void Begin(double? origin, double stampSeconds)
    {
        if (origin is null && _unit.Borders == SpanBorders.Stamps && _spans.Length > 0)
        {
            throw new DataException(DataError.BadOption, $"{_table}: its spans are in time stamps, and the recording has none.");
        }

        (_origin, _stampSeconds, _last) = _unit == SpanUnit.Dates ? ((origin ?? 0) * stampSeconds, 1, (-1, 0, 0)) : (origin ?? 0, stampSeconds, (-1, 0, 0));
    }

    /// <summary>The class of a row; empty in no span, or in spans of several classes.</summary>
    /// <param name="row">Its number among the rows, from 0.</param>
    /// <param name="seconds">Its time since the first row.</param>
    internal string LabelOf(int row, double seconds)
    {
        _last = (row, Math.Max(seconds, _last.Seconds), seconds > _last.Seconds ? seconds - _last.Seconds : _last.Step);
        double place = _unit.Borders switch
        {
            SpanBorders.Samples => row,
            SpanBorders.Time => (seconds + Tolerance) / _unit.Seconds,
            _ => _origin + ((seconds + Tolerance) / _stampSeconds),
        };
        int found = _begins.BinarySearch(place);
        return _labels[found >= 0 ? found : ~found - 1];
    }

    /// <summary>Reports the spans that end after the file does.</summary>
    internal void End(string file, FindingLog log)
    {
        double end = _unit.Borders switch
        {
            SpanBorders.Samples => _last.Row + 1,
            SpanBorders.Time => (_last.Seconds + (BeyondPeriods * _last.Step)) / _unit.Seconds,
            _ => _origin + ((_last.Seconds + (BeyondPeriods * _last.Step)) / _stampSeconds),
        };
        double first = _unit.Borders == SpanBorders.Stamps ? _origin - (BeyondPeriods * _last.Step / _stampSeconds) : 0;
        foreach (var span in _spans.Where(span => span.End > end || span.Start < first))
        {
            log.Add(FindingKind.SpanBeyond, FindingOutcome.Noted, FormattableString.Invariant(
                $"{_table}, line {span.Line}: '{span.Label}' {(span.Start >= end || span.End <= first ? "lies" : "goes")} beyond the samples of {file}"));
        }
    }

    /// <summary>A span from its first sample, counted from 0, to before the one after its last.</summary>
    private LabelSpan HalfOpen(LabelSpan span) => _unit is { Borders: SpanBorders.Samples, First: 1 } ? span with { Start = span.Start - 1 } : span;

    /// <summary>A border sample that two spans of samples share belongs to the later one.</summary>
    private void TrimShared()
    {
        for (int i = 1; i < _spans.Length && _unit is { Borders: SpanBorders.Samples, First: 1 }; i++)
        {
            if (_spans[i - 1].End == _spans[i].Start + 1 && _spans[i - 1].Label != _spans[i].Label)
            {
                _spans[i - 1] = _spans[i - 1] with { End = _spans[i].Start };
            }
        }
    }

    /// <summary>Parts the file where spans begin and end.</summary>
    private void Flatten()
    {
        double[] borders = [.. _spans.SelectMany(span => new[] { span.Start, span.End }).Distinct().Order()];
        var active = new List<LabelSpan>();
        int next = 0;
        foreach (double border in borders)
        {
            active.RemoveAll(span => span.End <= border);
            for (; next < _spans.Length && _spans[next].Start <= border; next++)
            {
                if (_spans[next].End > border)
                {
                    active.Add(_spans[next]);
                }
            }

            _begins.Add(border);
            _labels.Add(active.Count > 0 && active.TrueForAll(span => span.Label == active[0].Label) ? active[0].Label : "");
        }
    }
}
