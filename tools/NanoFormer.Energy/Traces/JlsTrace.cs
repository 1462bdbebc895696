using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace NanoFormer.Energy.Traces;

/// <summary>
/// A Joulescope recording, JLS version 2, by its published definition (github.com/jetperch/jls, include/jls/format.h): chunks with
/// CRC-32C; of them the definitions and data of signals with a fixed rate are read, in the order of the file.
/// </summary>
internal sealed class JlsTrace : Trace
{
    private const int FileHeaderLength = 32;
    private const int ChunkHeaderLength = 32;
    private const byte SignalDefinition = 0x02;
    private const byte Data = 0x22;
    private const byte End = 0xFF;
    private const int NameOffset = 128;
    private const uint Float32 = 0x2004;
    private const uint Bit = 0x0103;
    private const int LongestPayload = 1 << 26;
    private const int MostWaiting = 1 << 25;

    private readonly FileStream _file;
    private readonly TraceOptions _options;
    private readonly Dictionary<int, Signal> _signals = [];
    private readonly List<Signal> _pins = [];
    private Signal? _current, _voltage, _power;
    private byte[] _payload = new byte[1 << 16];
    private double _volts = double.NaN;
    private double _period;
    private long _sample;
    private bool _isAtEnd;

    public JlsTrace(string path, TraceOptions options)
    {
        _options = options;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20, FileOptions.SequentialScan);
        try
        {
            byte[] header = new byte[FileHeaderLength];
            if (_file.ReadAtLeast(header, FileHeaderLength, throwOnEndOfStream: false) < FileHeaderLength)
            {
                throw Torn("its header is cut off");
            }

            if (header[27] != 1)
            {
                throw new EnergyException(EnergyError.UnknownFormat, $"a JLS file of the unknown version {header[27]}; version 2 of the format (1.x in the file) can be read.");
            }

            Check(header.AsSpan(0, 28), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(28)));
            while (_current is null && _power is null && !_isAtEnd || _pins.Count + _signals.Count == 0 && !_isAtEnd)
            {
                NextChunk();
            }

            while (!_isAtEnd && _signals.Values.All(signal => signal.Count == 0))
            {
                NextChunk();
            }

            Choose();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public override string Format => "Joulescope JLS";

    public override bool HasPins => _pins.Count > 0;

    public override double Done => _file.Length == 0 ? 1 : (double)_file.Position / _file.Length;

    public override bool Read(TraceBlock block)
    {
        block.Count = 0;
        while (!_isAtEnd && Ready() < TraceBlock.Capacity)
        {
            NextChunk();
            if (_signals.Values.Any(signal => signal.Count > MostWaiting))
            {
                throw new EnergyException(EnergyError.BadTrace, "the file holds much of one signal and nothing of another; record current, voltage and inputs together.");
            }
        }

        int count = Math.Min(Ready(), TraceBlock.Capacity);
        for (int i = 0; i < count; i++)
        {
            int pins = 0;
            foreach (var pin in _pins)
            {
                pins |= (pin.Take() != 0 ? 1 : 0) << pin.Bit;
            }

            double watts = _power is not null ? _power.Take() : _current!.Take() * (_voltage is not null ? _voltage.Take() : _volts);
            block.Add(_sample++ * _period, watts, pins);
        }

        return count > 0;
    }

    protected override void Dispose(bool disposing) => _file.Dispose();

    private static EnergyException Torn(string what) => new(EnergyError.BadTrace, $"the JLS file is damaged: {what}. Repair it with Joulescope's software, or export it as CSV.");

    private static void Check(ReadOnlySpan<byte> bytes, uint expected)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        if (~crc != expected)
        {
            throw Torn("a checksum is wrong");
        }
    }

    private int Ready()
    {
        int count = _power?.Count ?? Math.Min(_current!.Count, _voltage?.Count ?? int.MaxValue);
        foreach (var pin in _pins)
        {
            count = Math.Min(count, pin.Count);
        }

        return count;
    }

    private void Choose()
    {
        if (_current is not null && _voltage is not null)
        {
            _power = null;
        }

        if (_power is null && _current is null)
        {
            throw new EnergyException(EnergyError.MissingColumn, "the JLS file holds neither current nor power at a fixed rate.");
        }

        var first = _power ?? _current!;
        if (first.Count == 0)
        {
            throw new EnergyException(EnergyError.EmptyTrace, "the JLS file holds no samples of current or power.");
        }

        if (_power is null && _voltage is null)
        {
            _volts = VoltageOf(_options, Format);
        }

        _period = _options.TimeScale / first.Rate;
        Signal?[] used = _power is not null ? [_power] : [_current, _voltage];
        if (used.Concat(_pins).Any(signal => signal is not null && signal.Rate != first.Rate))
        {
            throw new EnergyException(EnergyError.TimeBase, "the signals of the JLS file have different rates; record them at one.");
        }

        foreach (int unused in _signals.Where(entry => !used.Contains(entry.Value) && !_pins.Contains(entry.Value)).Select(entry => entry.Key).ToArray())
        {
            _signals.Remove(unused);
        }
    }

    private void NextChunk()
    {
        Span<byte> header = stackalloc byte[ChunkHeaderLength];
        int count = _file.ReadAtLeast(header, ChunkHeaderLength, throwOnEndOfStream: false);
        if (count < ChunkHeaderLength)
        {
            _isAtEnd = true;
            Find("torn_end", "the recording was not closed; it is read as far as it goes");
            return;
        }

        Check(header[..28], BinaryPrimitives.ReadUInt32LittleEndian(header[28..]));
        var (tag, meta) = (header[16], BinaryPrimitives.ReadUInt16LittleEndian(header[18..]) & 0x0FFF);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        if (tag == End)
        {
            _isAtEnd = true;
            return;
        }

        if (length > LongestPayload)
        {
            throw Torn($"a chunk claims {length} bytes");
        }

        if (length == 0)
        {
            return;
        }

        int whole = (int)((length + 4 + 7) & ~7u);
        if (tag is not (SignalDefinition or Data))
        {
            _file.Seek(whole, SeekOrigin.Current);
            return;
        }

        if (_payload.Length < whole)
        {
            _payload = new byte[whole];
        }

        if (_file.ReadAtLeast(_payload.AsSpan(0, whole), whole, throwOnEndOfStream: false) < whole)
        {
            _isAtEnd = true;
            Find("torn_end", "the recording was not closed; it is read as far as it goes");
            return;
        }

        var payload = _payload.AsSpan(0, (int)length);
        Check(payload, BinaryPrimitives.ReadUInt32LittleEndian(_payload.AsSpan(whole - 4)));
        if (tag == SignalDefinition)
        {
            Define(payload, meta);
        }
        else if (_signals.TryGetValue(meta, out var signal))
        {
            signal.Append(payload);
        }
    }

    private void Define(ReadOnlySpan<byte> payload, int id)
    {
        if (payload.Length < NameOffset + 2 || payload[2] != 0)
        {
            return;
        }

        var (type, rate) = (BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]) & 0xFFFF, BinaryPrimitives.ReadUInt32LittleEndian(payload[8..]));
        var rest = payload[NameOffset..];
        string name = Encoding.UTF8.GetString(rest[..Math.Max(0, rest.IndexOf((byte)0))]).ToLowerInvariant();
        if (rate == 0 || type is not (Float32 or Bit))
        {
            return;
        }

        var signal = new Signal(type == Bit, rate);
        switch (name)
        {
            case "current" when type == Float32:
                _current ??= signal;
                break;
            case "voltage" when type == Float32:
                _voltage ??= signal;
                break;
            case "power" when type == Float32:
                _power ??= signal;
                break;
            case ['g', 'p', 'i', '[', >= '0' and <= '7', ..] when type == Bit:
                signal.Bit = name[4] - '0';
                _pins.Add(signal);
                break;
            case ['g', 'p', 'i', >= '0' and <= '7'] or ['i', 'n', >= '0' and <= '7'] when type == Bit:
                signal.Bit = name[^1] - '0';
                _pins.Add(signal);
                break;
            default:
                return;
        }

        _signals[id] = signal;
    }

    /// <summary>Samples of a signal that wait for those of the others.</summary>
    private sealed class Signal(bool isBit, uint rate)
    {
        private const int PayloadHeader = 16;

        private readonly List<float> _values = [];
        private long _next = long.MinValue;
        private int _head;

        public uint Rate { get; } = rate;

        public int Bit { get; set; }

        public int Count => _values.Count - _head;

        public float Take()
        {
            float value = _values[_head++];
            if (_head > 1 << 16 && _head * 2 > _values.Count)
            {
                _values.RemoveRange(0, _head);
                _head = 0;
            }

            return value;
        }

        public void Append(ReadOnlySpan<byte> payload)
        {
            if (payload.Length < PayloadHeader)
            {
                throw Torn("a data chunk is too short");
            }

            var (first, count) = (BinaryPrimitives.ReadInt64LittleEndian(payload), BinaryPrimitives.ReadUInt32LittleEndian(payload[8..]));
            var data = payload[PayloadHeader..];
            if (count > (isBit ? data.Length * 8L : data.Length / 4))
            {
                throw Torn($"a data chunk claims {count} samples and holds fewer");
            }

            for (long missing = _next == long.MinValue ? 0 : Math.Clamp(first - _next, 0, MostWaiting); missing > 0; missing--)
            {
                _values.Add(isBit ? 0 : float.NaN);
            }

            _next = first + count;
            for (int i = 0; i < count; i++)
            {
                _values.Add(isBit ? (data[i / 8] >> (i % 8)) & 1 : BinaryPrimitives.ReadSingleLittleEndian(data[(4 * i)..]));
            }
        }
    }
}
