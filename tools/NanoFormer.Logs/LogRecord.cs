using System.Buffers.Text;
using System.Text;

namespace NanoFormer.Logs;

/// <summary>The kinds of record that firmware/LOG-FORMAT.md names; a reader passes over <see cref="Other"/>.</summary>
public enum RecordKind
{
    /// <summary>One that a later firmware adds.</summary>
    Other,

    /// <summary>Who speaks: firmware, model, device.</summary>
    Head,

    /// <summary>The device started.</summary>
    Boot,

    /// <summary>It woke and captures.</summary>
    Wake,

    /// <summary>A window was recognised.</summary>
    Infer,

    /// <summary>A recording of training data begins.</summary>
    Collect,

    /// <summary>Samples of a recording.</summary>
    Samples,

    /// <summary>A recording ends.</summary>
    Collected,

    /// <summary>The score crossed the alarm threshold.</summary>
    Alarm,

    /// <summary>The sensor tested itself.</summary>
    SensorTest,

    /// <summary>What a sensor at rest shows.</summary>
    Calibrate,

    /// <summary>Samples are missing.</summary>
    Gap,

    /// <summary>Something failed.</summary>
    Error,

    /// <summary>Where the time went.</summary>
    Sleep,
}

/// <summary>
/// A record whose checksum is right and whose form is that of firmware/LOG-FORMAT.md: a view of its text, valid only during the call that
/// hands it over.
/// </summary>
public readonly ref struct LogRecord
{
    private readonly int _fields;

    private LogRecord(ReadOnlySpan<byte> text, RecordKind kind, int fields, long sequence, long time, long line)
    {
        Text = text;
        Kind = kind;
        _fields = fields;
        Sequence = sequence;
        TimeMilliseconds = time;
        Line = line;
    }

    /// <summary>The first word of every record, and the space after it.</summary>
    internal static ReadOnlySpan<byte> Tag => "nf1 "u8;

    /// <summary>From the tag to the last field, without checksum.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Its kind.</summary>
    public RecordKind Kind { get; }

    /// <summary>The name of the kind, as the line has it.</summary>
    public string KindName => Encoding.ASCII.GetString(Text[Tag.Length..(_fields - 1)]);

    /// <summary><c>seq</c>: its number since boot.</summary>
    public long Sequence { get; }

    /// <summary><c>t_ms</c>: the device's time.</summary>
    public long TimeMilliseconds { get; }

    /// <summary>Line of the source in which it ends, from 1.</summary>
    public long Line { get; }

    /// <summary>The value of a field.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        foreach (var field in this)
        {
            if (field.Length > key.Length && field[key.Length] == '=' && field.StartsWith(key))
            {
                value = field[(key.Length + 1)..];
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The value of a field as text; null when the record has none of that name.</summary>
    public string? String(ReadOnlySpan<byte> key) => TryGet(key, out var value) ? Encoding.ASCII.GetString(value) : null;

    /// <summary>The decimal number in a field; a fallback when it is missing or none.</summary>
    public long Number(ReadOnlySpan<byte> key, long fallback = 0) => TryGet(key, out var value) && TryNumber(value, out long number) ? number : fallback;

    /// <summary>The fields as <c>key=value</c>, in the order of the line.</summary>
    public FieldEnumerator GetEnumerator() => new(Text[_fields..]);

    /// <summary>Reads a record.</summary>
    /// <param name="text">From the tag up to the <c>*</c>; its checksum is known to be right.</param>
    /// <param name="line">Line of the source.</param>
    /// <param name="record">The record.</param>
    /// <returns>False when the text lacks the form of a record, so that the checksum was right by chance.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> text, long line, out LogRecord record)
    {
        record = default;
        if (!text.StartsWith(Tag) || text[^1] != ' ')
        {
            return false;
        }

        text = text[..^1];
        int kindLength = text[Tag.Length..].IndexOf((byte)' ');
        if (kindLength <= 0 || text[Tag.Length..(Tag.Length + kindLength)].IndexOfAnyExcept(KeyBytes) >= 0)
        {
            return false;
        }

        var kind = KindOf(text.Slice(Tag.Length, kindLength));
        int fields = Tag.Length + kindLength + 1;
        long sequence = -1, time = -1;
        foreach (var field in new FieldEnumerator(text[fields..]))
        {
            int equals = field.IndexOf((byte)'=');
            if (equals <= 0 || equals + 1 == field.Length)
            {
                return false;
            }

            var key = field[..equals];
            var value = field[(equals + 1)..];
            if (key.IndexOfAnyExcept(KeyBytes) >= 0 || value.IndexOfAnyExcept(ValueBytes) >= 0)
            {
                return false;
            }

            if (key.SequenceEqual("seq"u8))
            {
                sequence = sequence < 0 && TryNumber(value, out long number) && number >= 0 ? number : long.MinValue;
            }
            else if (key.SequenceEqual("t_ms"u8))
            {
                time = time < 0 && TryNumber(value, out long number) && number >= 0 ? number : long.MinValue;
            }
        }

        if (sequence < 0 || time < 0)
        {
            return false;
        }

        record = new LogRecord(text, kind, fields, sequence, time, line);
        return Schema.Fits(record);
    }

    /// <summary>
    /// Whether a record of a known kind has each of its fields, and once: what is asked of one that was put together by trial.
    /// </summary>
    /// <param name="cleaned">Whether text was taken out of it, so that a label may have been shortened.</param>
    internal bool IsComplete(bool cleaned) => Schema.IsComplete(this, cleaned);

    internal static bool TryNumber(ReadOnlySpan<byte> text, out long number) =>
        Utf8Parser.TryParse(text, out number, out int used) && used == text.Length && text[0] != '+' && text.Length <= 18;

    private static readonly System.Buffers.SearchValues<byte> KeyBytes =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private static readonly System.Buffers.SearchValues<byte> ValueBytes = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Where(c => c is not ('=' or '*')).Select(c => (byte)c)]);

    private static RecordKind KindOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("gap"u8) => RecordKind.Gap,
        4 when name.SequenceEqual("head"u8) => RecordKind.Head,
        4 when name.SequenceEqual("boot"u8) => RecordKind.Boot,
        4 when name.SequenceEqual("wake"u8) => RecordKind.Wake,
        5 when name.SequenceEqual("infer"u8) => RecordKind.Infer,
        5 when name.SequenceEqual("alarm"u8) => RecordKind.Alarm,
        5 when name.SequenceEqual("error"u8) => RecordKind.Error,
        5 when name.SequenceEqual("sleep"u8) => RecordKind.Sleep,
        7 when name.SequenceEqual("collect"u8) => RecordKind.Collect,
        7 when name.SequenceEqual("samples"u8) => RecordKind.Samples,
        9 when name.SequenceEqual("collected"u8) => RecordKind.Collected,
        9 when name.SequenceEqual("calibrate"u8) => RecordKind.Calibrate,
        11 when name.SequenceEqual("sensor_test"u8) => RecordKind.SensorTest,
        _ => RecordKind.Other,
    };

    /// <summary>Goes over words with one space between them.</summary>
    public ref struct FieldEnumerator
    {
        private ReadOnlySpan<byte> _rest;
        private bool _ended;

        internal FieldEnumerator(ReadOnlySpan<byte> fields)
        {
            _rest = fields;
        }

        /// <summary>The field at hand.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        /// <summary>Goes on to the next field.</summary>
        public bool MoveNext()
        {
            if (_ended)
            {
                return false;
            }

            int space = _rest.IndexOf((byte)' ');
            _ended = space < 0;
            Current = _ended ? _rest : _rest[..space];
            _rest = _ended ? default : _rest[(space + 1)..];
            return true;
        }

        /// <summary>The enumerator itself.</summary>
        public readonly FieldEnumerator GetEnumerator() => this;
    }

    /// <summary>What each kind's numbers must be: a torn line whose checksum is right by chance seldom passes.</summary>
    private static class Schema
    {
        public static bool Fits(LogRecord record) => record.Kind switch
        {
            RecordKind.Infer => record.TryGet("label"u8, out _) && InRange(record, "conf"u8, 0, 255) && IsOptional(record, "score"u8, 0, 255)
                && IsOptional(record, "rarity"u8, 1, 65536)
                && IsOptional(record, "latency_us"u8, 0, long.MaxValue) && IsOptional(record, "t0_ms"u8, -60_000, record.TimeMilliseconds),
            RecordKind.Samples => InRange(record, "rec"u8, 0, long.MaxValue) && InRange(record, "first"u8, 0, int.MaxValue)
                && record.TryGet("v"u8, out var values) && values.Length % 4 == 0,
            RecordKind.Collect or RecordKind.Collected => InRange(record, "rec"u8, 0, long.MaxValue),
            RecordKind.Error => record.TryGet("code"u8, out _),
            _ => true,
        };

        public static bool IsComplete(LogRecord record, bool cleaned)
        {
            string[] needed = Fields[(int)record.Kind];
            var keys = new HashSet<string>();
            foreach (var field in record)
            {
                if (!keys.Add(Encoding.ASCII.GetString(field[..field.IndexOf((byte)'=')])))
                {
                    return false;
                }
            }

            return needed.All(keys.Contains) && (!cleaned || (record.Kind != RecordKind.Other && HasLikelyLabel(record)));
        }

        /// <summary>A label of its own, other than the raw one, is the vote's, or below the threshold.</summary>
        private static bool HasLikelyLabel(LogRecord record) =>
            record.Kind != RecordKind.Infer || record.String("label"u8) is "unknown" || record.Number("smoothed"u8) == 1
            || record.String("label"u8) == record.String("raw"u8);

        private static readonly string[][] Fields = [.. Enum.GetValues<RecordKind>().Select(kind => (kind switch
        {
            RecordKind.Head => "schema fw model",
            RecordKind.Boot => "reset sensor self_test",
            RecordKind.Wake => "cause latency_us",
            RecordKind.Infer => "label raw conf smoothed still latency_us arena t0_ms",
            RecordKind.Collect => "rec rate_millihertz channels",
            RecordKind.Samples => "rec first v",
            RecordKind.Collected => "rec rate_millihertz channels samples",
            RecordKind.Alarm => "state label score threshold",
            RecordKind.Gap => "cause lost ms",
            RecordKind.Error => "code detail",
            RecordKind.Sleep => "run_ms capture_ms sleep_ms",
            _ => "",
        }).Split(' ', StringSplitOptions.RemoveEmptyEntries))];

        private static bool InRange(LogRecord record, ReadOnlySpan<byte> key, long least, long most) =>
            record.TryGet(key, out var value) && TryNumber(value, out long number) && number >= least && number <= most;

        private static bool IsOptional(LogRecord record, ReadOnlySpan<byte> key, long least, long most) =>
            !record.TryGet(key, out _) || InRange(record, key, least, most);
    }
}
