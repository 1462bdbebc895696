using System.Globalization;
using System.Text;
using System.Text.Unicode;
using NanoFormer.Files;

namespace NanoFormer.Data.Import;

/// <summary>Reads CSV files, one row per line, however long they are.</summary>
public sealed class CsvSource
{
    private readonly CsvSourceOptions _options;
    private readonly RepairOptions _repairs;
    private readonly FindingLog _log;
    private readonly SampleSpool _spool;
    private readonly FileSpans? _spans;
    private readonly LineReader _reader;
    private readonly SourcePlace _place;
    private readonly CsvHeader _header;
    private readonly CsvFields _fields;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _known;
    private readonly List<SourceRecording> _done = [];

    private SpooledSamples? _samples;
    private (string Subject, string Recording) _session;
    private int _part = 1;
    private int _row = -1;
    private double? _firstStamp;
    private long _firstInteger;
    private DateTimeOffset _firstDate;
    private bool _followsLoss;
    private bool _hasBegunSpans;
    private int _comments;
    private int _blankAt;

    private CsvSource(
        LineReader reader,
        string name,
        CsvHeader header,
        CsvSourceOptions options,
        RepairOptions repairs,
        FindingLog log,
        SampleSpool spool,
        FileSpans? spans)
    {
        _reader = reader;
        _place = new SourcePlace(name, "line");
        _header = header;
        _fields = new CsvFields(header.Delimiter);
        _options = options;
        _repairs = repairs;
        _log = log;
        _spool = spool;
        _spans = spans;
        _known = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Reads a file, which may be gzipped. A new recording begins where the subject or the session changes.</summary>
    /// <exception cref="DataException"><see cref="DataError.MissingFile"/>: the file is not there.
    /// <see cref="DataError.BadOption"/>: there is no such encoding.</exception>
    public static IReadOnlyList<SourceRecording> Read(
        string path, string name, CsvSourceOptions options, RepairOptions repairs, FindingLog log, SampleSpool spool, FileSpans? spans = null)
    {
        using var text = new StreamReader(SourceFiles.Open(path), EncodingOf(options), detectEncodingFromByteOrderMarks: true);
        try
        {
            return Read(text, name, options, repairs, log, spool, spans);
        }
        catch (DecoderFallbackException)
        {
            log.Add(FindingKind.BadEncoding, FindingOutcome.Refused, FormattableString.Invariant(
                $"{name}, line {LineWithBadBytes(path)}: bytes that are not {options.Encoding ?? "UTF-8"}"));
            return [];
        }
    }

    /// <summary>Reads CSV text; <paramref name="name"/> stands for the file in messages and recording names.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="options">The columns.</param>
    /// <param name="repairs">Tells whether rows that cannot be read are left out.</param>
    /// <param name="log">Gets what is wrong with the file.</param>
    /// <param name="spool">Gets the samples.</param>
    /// <param name="spans">Tells the labels, in place of a column; null without.</param>
    public static IReadOnlyList<SourceRecording> Read(
        TextReader text, string name, CsvSourceOptions options, RepairOptions repairs, FindingLog log, SampleSpool spool, FileSpans? spans = null)
    {
        var reader = new LineReader(text);
        try
        {
            if (CsvHeader.Read(reader, name, options, log) is not { } header)
            {
                return [];
            }

            var source = new CsvSource(reader, name, header, options, repairs, log, spool, spans);
            source.ReadRows();
            return source._done;
        }
        catch (InvalidDataException fault)
        {
            log.Add(FindingKind.BadRow, FindingOutcome.Refused, $"{name}, {fault.Message}");
        }

        return [];
    }

    /// <summary>The first line of a file with bytes that are not UTF-8; Latin-1 has a character for every byte.</summary>
    private static int LineWithBadBytes(string path)
    {
        using var text = new StreamReader(SourceFiles.Open(path), Encoding.Latin1);
        var reader = new LineReader(text);
        while (reader.TryRead(out var line))
        {
            byte[] bytes = new byte[line.Length];
            Encoding.Latin1.GetBytes(line, bytes);
            if (!Utf8.IsValid(bytes))
            {
                break;
            }
        }

        return reader.Number;
    }

    private static Encoding EncodingOf(CsvSourceOptions options)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(
                options.Encoding ?? Encoding.UTF8.WebName, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException fault)
        {
            throw new DataException(DataError.BadOption,
                $"'{options.Encoding}' is not an encoding: write latin1, windows-1252, utf-16 or another name of IANA's list.", fault);
        }
    }

    private void ReadRows()
    {
        if (_header.FirstRow is { } first)
        {
            Add(first);
        }

        bool isFinished = true;
        while (_reader.TryRead(out var line))
        {
            if (CsvFields.IsBlank(line))
            {
                _blankAt = _blankAt > 0 || _samples is null ? _blankAt : _reader.Number;
            }
            else if (CsvFields.IsComment(line))
            {
                _comments++;
            }
            else if (_header.Line.Length > 0 && line.SequenceEqual(_header.Line))
            {
                End(); // two files that were joined
            }
            else if (_reader.IsFinished)
            {
                EndAtBlankLine();
                Add(line);
            }

            isFinished = _reader.IsFinished || CsvFields.IsBlank(line);
        }

        if (!isFinished)
        {
            _log.Add(FindingKind.UnfinishedRow, FindingOutcome.Noted,
                $"{_place.Of(_reader.Number)}: the file ends within this row, which is left out");
        }

        if (_comments > 0)
        {
            _log.Add(FindingKind.PassedOver, FindingOutcome.Noted, $"{_place.File}: comments", _comments);
        }

        End();
        _spans?.End(_place.File, _log);
        if (_done.Count == 0 && !_log.All.Any(finding => finding is { Kind: FindingKind.BadRow, Outcome: FindingOutcome.Refused }))
        {
            _log.Add(FindingKind.NoSamples, FindingOutcome.Refused, $"{_place.File}: holds no samples");
        }
    }

    private void EndAtBlankLine()
    {
        if (_blankAt == 0)
        {
            return;
        }

        if (_options.BlankLines == BlankLineRule.End)
        {
            End();
            _part++;
        }
        else if (_options.BlankLines == BlankLineRule.Refuse && _options.TimeColumn is null)
        {
            _log.Add(FindingKind.BlankLine, FindingOutcome.Refused, $"{_place.Of(_blankAt)}: an empty line, which may end a recording");
        }

        _blankAt = 0;
    }

    private void Add(ReadOnlySpan<char> line)
    {
        _row++;
        if (TryRead(line, out var sample, out string? fault))
        {
            var session = (TextOf(_header.Subject), TextOf(_header.Recording));
            if (_samples is not null && session != _session)
            {
                End();
            }

            _session = session;
            _samples ??= _spool.Begin(_options.Channels.Count);
            _samples.Add(sample with { FollowsLoss = _followsLoss });
            _followsLoss = false;
            return;
        }

        _log.Add(FindingKind.BadRow, _repairs.DropBadRows, fault);
        _followsLoss = true;
    }

    private void End()
    {
        if (_samples is not { } samples)
        {
            return;
        }

        string part = _options.BlankLines == BlankLineRule.End ? _part.ToString(CultureInfo.InvariantCulture) : "";
        _done.Add(new SourceRecording
        {
            Source = string.Join('/', new[] { _place.File, _session.Subject, _session.Recording, part }.Where(name => name.Length > 0)),
            Place = _place,
            Subject = _options.SubjectColumn is null ? _options.Subject : _session.Subject,
            Split = _options.Split,
            RateHz = _options.RateHz,
            HasTimes = _options.TimeColumn is not null,
            FirstStamp = _firstDate == default ? _firstStamp : null,
            TimeUnitSeconds = _options.TimeUnitSeconds,
            HasLabels = _options.LabelColumn is not null || _options.Label is not null || _spans is not null,
            Channels = [.. _options.Channels.Select(channel => channel with { Gain = 1, Offset = 0, Added = null })],
            Samples = samples,
        });
        _samples = null;
        _followsLoss = false;
    }

    private bool TryRead(ReadOnlySpan<char> line, out SourceSample sample, out string fault)
    {
        sample = default;
        fault = FormFault(_fields.Split(line)) ?? "";
        if (fault.Length > 0)
        {
            return false;
        }

        double seconds = 0;
        if (_header.Time >= 0 && !TryTime(_fields[_header.Time], out seconds))
        {
            fault = NumberFault(_header.Time, "a time");
            return false;
        }

        double[] values = new double[_header.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!TryValue(_fields[_header.Values[i]], out values[i]))
            {
                fault = NumberFault(_header.Values[i], "a number");
                return false;
            }

            if (_header.Added[i] is var added and >= 0)
            {
                if (!TryValue(_fields[added], out double other))
                {
                    fault = NumberFault(added, "a number");
                    return false;
                }

                values[i] += other;
            }

            values[i] = (values[i] - _options.Channels[i].Offset) * _options.Channels[i].Gain;
        }

        sample = new SourceSample(_reader.Number, seconds, values, LabelOf(seconds));
        return true;
    }

    private string LabelOf(double seconds)
    {
        if (_spans is null)
        {
            return _options.Label ?? TextOf(_header.Label);
        }

        if (!_hasBegunSpans)
        {
            _hasBegunSpans = true;
            bool isDate = _firstDate != default;
            _spans.Begin(isDate ? SpanRows.SecondsOf(_firstDate) : _firstStamp, isDate ? 1 : _options.TimeUnitSeconds);
        }

        return _spans.LabelOf(_row, _header.Time >= 0 ? seconds : _row / _options.RateHz ?? 0);
    }

    private string? FormFault(string? quotes)
    {
        if (quotes is not null)
        {
            return $"{_place.Of(_reader.Number)}: {quotes}";
        }

        return _fields.Count < _header.Width || _fields.Used > _header.Width
            ? FormattableString.Invariant($"{_place.Of(_reader.Number)}: {_fields.Count} fields, the header has {_header.Width}")
                + (_fields.Used >= _header.Width + _header.Values.Length && !_options.DecimalComma ? CommaHint() : "")
            : null;
    }

    private bool TryValue(ReadOnlySpan<char> field, out double value)
    {
        if (CsvNumbers.TryParse(field, _options.DecimalComma, out value))
        {
            return true;
        }

        value = double.NaN;
        return CsvNumbers.IsMissing(field);
    }

    /// <summary>Seconds since the first stamp: so no digit of a stamp is lost, however long ago its clock began.</summary>
    private bool TryTime(ReadOnlySpan<char> field, out double seconds)
    {
        if (_firstStamp is not { } first)
        {
            return TryFirstTime(field, out seconds);
        }

        if (_firstDate != default)
        {
            bool isDate = CsvNumbers.TryParseDate(field, out var date);
            seconds = (date - _firstDate).TotalSeconds;
            return isDate;
        }

        if (long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) && first == _firstInteger)
        {
            seconds = (integer - _firstInteger) * _options.TimeUnitSeconds;
            return true;
        }

        bool isNumber = CsvNumbers.TryParse(field, _options.DecimalComma, out double stamp);
        seconds = (stamp - first) * _options.TimeUnitSeconds;
        return isNumber;
    }

    private bool TryFirstTime(ReadOnlySpan<char> field, out double seconds)
    {
        seconds = 0;
        if (CsvNumbers.TryParseDate(field, out var date))
        {
            (_firstStamp, _firstDate) = (double.NaN, date);
            return true;
        }

        if (!CsvNumbers.TryParse(field, _options.DecimalComma, out double stamp))
        {
            return false;
        }

        _firstStamp = stamp;
        long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _firstInteger);
        return true;
    }

    private string TextOf(int column)
    {
        if (column < 0)
        {
            return "";
        }

        var field = CsvText.WithoutGuard(_fields[column]);
        if (!_known.TryGetValue(field, out string? text))
        {
            text = field.ToString();
            _texts.Add(text, text);
        }

        return text;
    }

    private string NumberFault(int column, string what)
    {
        string text = _fields[column].ToString();
        string hint = !_options.DecimalComma && text.Count(c => c == ',') == 1 && CsvNumbers.TryParse(text, decimalComma: true, out _)
            ? CommaHint()
            : "";
        return $"{_place.Of(_reader.Number, _header.Names[column])}: '{text}' is not {what}{hint}";
    }

    private static string CommaHint() => "; a decimal comma needs --decimal comma, and fields parted by something else";
}
