using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NanoFormer.Energy.Traces;

/// <summary>
/// A table of text: PPK2, ppk2-api, Joulescope (statistics and waveforms), Otii and anything with time, current and perhaps voltage in
/// columns. Name and unit of a column, or an option, tell what it holds.
/// </summary>
internal sealed partial class CsvTrace : Trace
{
    private const int BufferLength = 1 << 20;
    private const int LongestLine = 1 << 16;
    private const double MostAmperes = 20;

    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        ["s"] = 1,
        ["sec"] = 1,
        ["seconds"] = 1,
        ["ms"] = 1e-3,
        ["us"] = 1e-6,
        ["\u00b5s"] = 1e-6,
        ["\u03bcs"] = 1e-6,
        ["ns"] = 1e-9,
        ["A"] = 1,
        ["mA"] = 1e-3,
        ["uA"] = 1e-6,
        ["\u00b5A"] = 1e-6,
        ["\u03bcA"] = 1e-6,
        ["nA"] = 1e-9,
        ["V"] = 1,
        ["mV"] = 1e-3,
        ["W"] = 1,
        ["mW"] = 1e-3,
        ["uW"] = 1e-6,
        ["\u00b5W"] = 1e-6,
        ["\u03bcW"] = 1e-6,
    };

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly TraceOptions _options;
    private readonly List<(Role Role, double Scale, int Bit)> _columns = [];
    private readonly double _volts = double.NaN;
    private byte _delimiter = (byte)',';
    private int _filled;
    private int _at;
    private bool _isAtEnd;
    private bool _hasRest;
    private long _line;
    private long _samples;
    private double _last = double.NegativeInfinity;
    private double _first = double.NaN;
    private bool _hasTime, _hasCurrent, _hasVoltage, _hasPower;
    private double _most;
    private string _format = "CSV";

    public CsvTrace(string path, TraceOptions options)
    {
        _options = options;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        try
        {
            ReadHeader();
            _volts = _hasVoltage || _hasPower ? double.NaN : VoltageOf(options, _format);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    private enum Role
    {
        Ignored,
        Time,
        Clock,
        Current,
        Voltage,
        Power,
        AllPins,
        Pin,
    }

    public override string Format => _format;

    public override bool HasPins => _columns.Exists(column => column.Role is Role.AllPins or Role.Pin);

    public override double Done => _file.Length == 0 ? 1 : (double)(_file.Position - _filled + _at) / _file.Length;

    public override bool Read(TraceBlock block)
    {
        block.Count = 0;
        while (!block.IsFull && NextLine(out var line))
        {
            if (!line.IsEmpty && line[0] != '#')
            {
                ReadRow(line, block);
            }
        }

        if (block.Count > 0)
        {
            return true;
        }

        if (_samples == 0)
        {
            throw new EnergyException(EnergyError.EmptyTrace, "the file has a header and no samples: the recording was empty; export it again.");
        }

        if (_most > MostAmperes)
        {
            throw new EnergyException(EnergyError.BadUnit, string.Create(CultureInfo.InvariantCulture,
                $"the largest current would be {_most:0.###} A: the column is in another unit; name it, as in --columns {Example()}:mA or :uA."));
        }

        return false;
    }

    protected override void Dispose(bool disposing) => _file.Dispose();

    private static string Example() => "time=1,current=2";

    private void ReadHeader()
    {
        ReadOnlySpan<byte> line;
        do
        {
            if (!NextLine(out line))
            {
                throw new EnergyException(EnergyError.EmptyTrace, "the file holds no line of a table.");
            }
        }
        while (line.IsEmpty || (line[0] == '#' && !line.StartsWith("#time"u8) && !line.StartsWith("#current"u8)));
        string text = Encoding.UTF8.GetString(line).TrimStart('\uFEFF', '#');
        _delimiter = (byte)(text.Contains('\t', StringComparison.Ordinal) ? '\t' : text.Contains(';', StringComparison.Ordinal) ? ';' : ',');
        string[] names = text.Split((char)_delimiter).Select(name => name.Trim().Trim('"')).ToArray();
        bool isNumeric = names.All(name => name.Length == 0 || double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        if (_options.Columns is { } mapping)
        {
            Map(mapping, isNumeric ? [] : names, names.Length);
        }
        else if (isNumeric)
        {
            throw new EnergyException(EnergyError.MissingColumn,
                $"the table has no header: say what its {names.Length} columns hold, such as --columns {Example()}:mA,voltage=3 (and --rate without times).");
        }
        else
        {
            Recognize(names);
        }

        if (isNumeric)
        {
            _at = 0; // the first line is a row
            _line = 0;
        }

        _hasTime = _columns.Exists(column => column.Role is Role.Time or Role.Clock);
        _hasCurrent = _columns.Exists(column => column.Role == Role.Current);
        _hasVoltage = _columns.Exists(column => column.Role == Role.Voltage);
        _hasPower = _columns.Exists(column => column.Role == Role.Power) && !(_hasCurrent && _hasVoltage);
        if (!_hasCurrent && !_hasPower)
        {
            throw new EnergyException(EnergyError.MissingColumn,
                $"no column of currents or powers among {string.Join(", ", names)}; charge and energy counters have too few digits to be differenced. Say which with --columns {Example()}:mA.");
        }

        if (!_hasTime && _options.Rate is null)
        {
            throw new EnergyException(EnergyError.NoTimeBase,
                $"no column of times among {string.Join(", ", names)}; say the samples per second with --rate, such as --rate 100000.");
        }
    }

    private void Recognize(string[] names)
    {
        _format = names.Contains("ts") && names.Contains("avg1000") ? "ppk2-api CSV"
            : names.Any(name => name is "Timestamp(ms)" or "Current(uA)") ? "PPK2 CSV"
            : names.Contains("time") && names.Contains("current") && names.Contains("voltage") ? "Joulescope or plain CSV"
            : "CSV";
        foreach (string name in names)
        {
            _columns.Add(RoleOf(name));
        }

        foreach (var role in new[] { Role.Time, Role.Current, Role.Voltage, Role.Power })
        {
            if (_columns.Count(column => column.Role == role) > 1)
            {
                throw new EnergyException(EnergyError.MissingColumn,
                    $"several columns could be the {role.ToString().ToLowerInvariant()}: {string.Join(", ", names)}; say which with --columns.");
            }
        }
    }

    private static (Role, double, int) RoleOf(string name)
    {
        if (name == "D0-D7")
        {
            return (Role.AllPins, 1, 0);
        }

        if (Pin().Match(name) is { Success: true } pin)
        {
            return (Role.Pin, 1, int.Parse(pin.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        }

        switch (name)
        {
            case "ts":
                return (Role.Clock, 1, 0);
            case "avg1000":
                return (Role.Current, 1e-6, 0);
        }

        if (Column().Match(name) is not { Success: true } match)
        {
            return (Role.Ignored, 1, 0);
        }

        var role = match.Groups["what"].Value.ToLowerInvariant() switch
        {
            "t" or "time" or "timestamp" => Role.Time,
            "i" or "current" or "main current" => Role.Current,
            "u" or "v" or "voltage" or "main voltage" => Role.Voltage,
            "p" or "power" => Role.Power,
            var other => throw new InvalidOperationException($"The column '{other}' has no role."),
        };
        string unit = match.Groups["unit"].Value;
        return unit.Length == 0 ? (role, 1, 0) : (role, ScaleOf(unit, role, name), 0);
    }

    private static double ScaleOf(string unit, Role role, string name)
    {
        bool isOf = role switch
        {
            Role.Time => unit.EndsWith('s') || unit is "sec" or "seconds",
            Role.Current => unit.EndsWith('A'),
            Role.Voltage => unit.EndsWith('V'),
            Role.Power => unit.EndsWith('W'),
            _ => false, // pins and clocks have no unit
        };
        return isOf && Units.TryGetValue(unit, out double scale)
            ? scale
            : throw new EnergyException(EnergyError.BadUnit, $"column '{name}': '{unit}' is not a unit of a {role.ToString().ToLowerInvariant()}; known: s ms us ns, A mA uA nA, V mV, W mW uW.");
    }

    /// <summary>Columns by an option: <c>time=1,current=I:mA</c>.</summary>
    private void Map(string mapping, string[] names, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _columns.Add((Role.Ignored, 1, 0));
        }

        foreach (string part in mapping.Split(','))
        {
            var match = Mapped().Match(part);
            int column = match.Success ? Array.IndexOf(names, match.Groups[2].Value) : -1;
            if (match.Success && column < 0 && int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= count)
            {
                column = number - 1;
            }

            if (column < 0)
            {
                throw new EnergyException(EnergyError.MissingColumn, $"--columns: '{part}' names no column of the file; write {Example()}:mA, with names of the header or numbers from 1 to {count}.");
            }

            string what = match.Groups[1].Value;
            var role = what switch
            {
                "time" => Role.Time,
                "current" => Role.Current,
                "voltage" => Role.Voltage,
                "power" => Role.Power,
                "pins" => Role.AllPins,
                ['D', _] => Role.Pin,
                _ => throw new InvalidOperationException($"A mapping to '{what}' has no role."),
            };
            string unit = match.Groups[3].Value;
            _columns[column] = (role, unit.Length == 0 ? 1 : ScaleOf(unit, role, part), role == Role.Pin ? int.Parse(what.AsSpan(1), CultureInfo.InvariantCulture) : 0);
        }
    }

    private void ReadRow(ReadOnlySpan<byte> line, TraceBlock block)
    {
        double time = double.NaN, amperes = double.NaN, volts = _volts, watts = double.NaN;
        int pins = 0;
        var rest = line;
        for (int i = 0; i < _columns.Count; i++)
        {
            var (role, scale, bit) = _columns[i];
            int end = rest.IndexOf(_delimiter);
            var field = end < 0 ? rest : rest[..end];
            if (role != Role.Ignored)
            {
                switch (role)
                {
                    case Role.Time:
                        time = Number(field, i) * scale;
                        break;
                    case Role.Clock:
                        time = Clock(field);
                        break;
                    case Role.Current:
                        amperes = Number(field, i) * scale;
                        break;
                    case Role.Voltage:
                        volts = Number(field, i) * scale;
                        break;
                    case Role.Power:
                        watts = Number(field, i) * scale;
                        break;
                    case Role.AllPins:
                        pins |= AllPins(field);
                        break;
                    default:
                        pins |= (field.Length > 0 && field[0] is (byte)'1' or (byte)'X' ? 1 : 0) << bit;
                        break;
                }
            }

            if (end < 0)
            {
                if (i < _columns.Count - 1 && _columns.FindIndex(i + 1, column => column.Role != Role.Ignored) >= 0)
                {
                    if (_isAtEnd && _at >= _filled)
                    {
                        Find("torn_end", "the last row is cut off and left out");
                        return;
                    }

                    throw new EnergyException(EnergyError.BadField, $"line {_line}: has {i + 1} columns, fewer than the header: a column of its own is missing, or the file is damaged.");
                }

                break;
            }

            rest = rest[(end + 1)..];
        }

        if (!_hasTime)
        {
            time = _samples / _options.Rate!.Value;
        }
        else if (double.IsNaN(_first))
        {
            _first = time;
        }

        if (!(time > _last) || double.IsInfinity(time))
        {
            throw new EnergyException(EnergyError.TimeBase, string.Create(CultureInfo.InvariantCulture,
                $"line {_line}: the time {time:R} s does not follow {_last:R} s: two recordings in one file, or too few digits of the time; with --rate and without the time column it can be read."));
        }

        if (_samples > 0)
        {
            CheckStep(time - _last);
        }

        _last = time;
        _samples++;
        if (!_hasPower)
        {
            watts = amperes * volts;
            _most = Math.Max(_most, Math.Abs(amperes));
        }

        block.Add(time * _options.TimeScale, watts, pins);
    }

    /// <summary>Times against the rate that an option names.</summary>
    private void CheckStep(double step)
    {
        if (_samples == 1)
        {
            if (_hasTime && _options.Rate is { } rate && Math.Abs((step * rate) - 1) > 0.5)
            {
                throw new EnergyException(EnergyError.TimeBase, string.Create(CultureInfo.InvariantCulture,
                    $"the times are {step:G4} s apart, {rate} samples per second would be {1 / rate:G4} s: the unit of the time column is another, or the rate."));
            }
        }
    }

    private double Number(ReadOnlySpan<byte> field, int column)
    {
        if (Utf8Parser.TryParse(field, out double value, out int used) && used == field.Length)
        {
            return value;
        }

        field = field.Trim(" \t\""u8);
        if (field.IsEmpty || field.SequenceEqual("nan"u8) || field.SequenceEqual("NaN"u8))
        {
            Find("missing_samples", $"line {_line} is the first with a value that the instrument lost");
            return double.NaN;
        }

        if (Utf8Parser.TryParse(field, out value, out used) && used == field.Length && !double.IsInfinity(value))
        {
            return value;
        }

        string text = Encoding.UTF8.GetString(field[..Math.Min(field.Length, 24)]);
        throw new EnergyException(EnergyError.BadField, $"line {_line}, column {column + 1}: '{text}' is not a number"
            + (text.Contains(',', StringComparison.Ordinal) ? "; export with a decimal point." : "; the file is damaged, or the column is another (--columns)."));
    }

    private double Clock(ReadOnlySpan<byte> field)
    {
        string text = Encoding.ASCII.GetString(field);
        return DateTime.TryParseExact(text, ["dd-MM-yyyy HH:mm:ss.ffffff", "dd-MM-yyyy HH:mm:ss.fff", "dd-MM-yyyy HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time - DateTime.UnixEpoch).TotalSeconds
            : throw new EnergyException(EnergyError.BadField, $"line {_line}: '{text[..Math.Min(text.Length, 30)]}' is not a time such as 31-12-2026 23:59:59.123456.");
    }

    /// <summary>Eight characters of <c>0 1 X -</c>, D0 the first.</summary>
    private int AllPins(ReadOnlySpan<byte> field)
    {
        field = field.Trim("\" "u8);
        if (field.Length is 0 or > 8 || field.IndexOfAnyExcept("01X-"u8) >= 0)
        {
            throw new EnergyException(EnergyError.BadField, $"line {_line}: '{Encoding.ASCII.GetString(field[..Math.Min(field.Length, 16)])}' are not levels of D0 to D7.");
        }

        int pins = 0;
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] == 'X')
            {
                Find("mixed_levels", "samples are averages (recorded below 100 kHz): an edge is known to one of them");
            }

            pins |= (field[i] is (byte)'1' or (byte)'X' ? 1 : 0) << i;
        }

        return pins;
    }

    private bool NextLine(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_at, _filled - _at).IndexOf((byte)'\n');
            if (length < 0 && !_isAtEnd)
            {
                Fill();
                continue;
            }

            _line++;
            if (length < 0)
            {
                line = _buffer.AsSpan(_at, _filled - _at);
                _at = _filled;
                _hasRest = !line.IsEmpty;
                return _hasRest;
            }

            line = _buffer.AsSpan(_at, length);
            _at += length + 1;
            line = line.TrimEnd((byte)'\r');
            return true;
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer);
        _filled -= _at;
        _at = 0;
        if (_filled > LongestLine)
        {
            throw new EnergyException(EnergyError.BadTrace, $"line {_line + 1} is longer than {LongestLine} bytes: not a table of samples.");
        }

        int count = _file.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += count;
        _isAtEnd = count == 0;
    }

    [GeneratedRegex(@"^D(\d|1[0-5])$")]
    private static partial Regex Pin();

    [GeneratedRegex(@"^(?<what>t|time|timestamp|i|current|main current|u|v|voltage|main voltage|p|power)(?:\s*[\[(](?<unit>[^\])]+)[\])]|_(?<unit>s|ms|us|ns|A|mA|uA|nA|V|mV|W|mW|uW))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Column();

    [GeneratedRegex(@"^(time|current|voltage|power|pins|D\d)=([^:]+)(?::(\w+))?$")]
    private static partial Regex Mapped();
}
