using System.Formats.Cbor;
using System.Text.Json;

namespace NanoFormer.Data.EdgeImpulse;

/// <summary>What an acquisition file says, in JSON or CBOR, which hold the same names and values.</summary>
/// <param name="Protection">How it is signed.</param>
/// <param name="Signature">Its signature.</param>
/// <param name="IntervalMilliseconds">Time between two samples; 0 for a file of a single reading.</param>
/// <param name="Sensors">The columns.</param>
/// <param name="Readings">A number for each sensor, NaN where there is none; null for what is not a list of numbers.</param>
internal sealed record AcquisitionContent(
    AcquisitionProtection Protection,
    string Signature,
    double IntervalMilliseconds,
    IReadOnlyList<AcquisitionSensor> Sensors,
    IReadOnlyList<double[]?> Readings)
{
    /// <summary>Reads a file; CBOR begins with a map, JSON with a brace.</summary>
    /// <exception cref="JsonException">It is neither, or lacks something.</exception>
    public static AcquisitionContent Parse(byte[] bytes)
    {
        if (bytes is not [>= 0xA0 and <= 0xBF, ..]) // a CBOR map, which no text begins with
        {
            var file = JsonSerializer.Deserialize<AcquisitionFile>(bytes) ?? throw new JsonException("it is null");
            return new AcquisitionContent(file.Protection, file.Signature, file.Payload.IntervalMilliseconds, file.Payload.Sensors,
                [.. file.Payload.Values.Select(ReadingOf)]);
        }

        try
        {
            return new CborFile(bytes).Read();
        }
        catch (Exception fault) when (fault is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new JsonException(fault.Message, fault);
        }
    }

    private static double[]? ReadingOf(JsonElement reading) => reading.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.Null => [NumberOf(reading)],
        JsonValueKind.Array when reading.EnumerateArray().All(IsNumber) => [.. reading.EnumerateArray().Select(NumberOf)],
        _ => null,
    };

    private static bool IsNumber(JsonElement value) => value.ValueKind is JsonValueKind.Number or JsonValueKind.Null;

    private static double NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    /// <summary>Reads the maps of a CBOR file, in whatever order their entries come.</summary>
    private sealed class CborFile(byte[] bytes)
    {
        private readonly CborReader _reader = new(bytes, CborConformanceMode.Lax);
        private readonly List<AcquisitionSensor> _sensors = [];
        private readonly List<double[]?> _readings = [];
        private string? _version;
        private string? _algorithm;
        private string? _signature;
        private double? _interval;

        public AcquisitionContent Read()
        {
            ReadMap(key => key switch
            {
                "protected" => ReadMap(ReadProtection),
                "signature" => Is(_signature = _reader.ReadTextString()),
                "payload" => ReadMap(ReadPayload),
                _ => false,
            });
            return new AcquisitionContent(
                new AcquisitionProtection(Required(_version, "ver"), Required(_algorithm, "alg")),
                Required(_signature, "signature"),
                _interval ?? throw new JsonException("'interval_ms' is missing"),
                _sensors,
                _readings);
        }

        private bool ReadProtection(string key) => key switch
        {
            "ver" => Is(_version = _reader.ReadTextString()),
            "alg" => Is(_algorithm = _reader.ReadTextString()),
            _ => false,
        };

        private bool ReadPayload(string key) => key switch
        {
            "interval_ms" => Is(_interval = ReadNumber()),
            "sensors" => ReadArray(ReadSensor),
            "values" => ReadArray(() => _readings.Add(ReadReading())),
            _ => false,
        };

        private void ReadSensor()
        {
            var (name, units) = ((string?)null, (string?)null);
            ReadMap(key => key switch
            {
                "name" => Is(name = _reader.ReadTextString()),
                "units" => Is(units = _reader.ReadTextString()),
                _ => false,
            });
            _sensors.Add(new AcquisitionSensor(Required(name, "name"), Required(units, "units")));
        }

        private double[]? ReadReading()
        {
            if (_reader.PeekState() != CborReaderState.StartArray)
            {
                return ReadNumber() is { } single ? [single] : null;
            }

            var values = new List<double>();
            bool isWhole = true;
            ReadArray(() =>
            {
                double? value = ReadNumber();
                isWhole &= value is not null;
                values.Add(value ?? 0);
            });
            return isWhole ? [.. values] : null;
        }

        /// <summary>A number, NaN for null; null for what is neither, which is passed over.</summary>
        private double? ReadNumber()
        {
            switch (_reader.PeekState())
            {
                case CborReaderState.UnsignedInteger:
                    return _reader.ReadUInt64();
                case CborReaderState.NegativeInteger:
                    return _reader.ReadInt64();
                case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                    return _reader.ReadDouble();
                case CborReaderState.Null:
                    _reader.ReadNull();
                    return double.NaN;
                default:
                    _reader.SkipValue();
                    return null;
            }
        }

        private bool ReadMap(Func<string, bool> take)
        {
            _reader.ReadStartMap();
            while (_reader.PeekState() != CborReaderState.EndMap)
            {
                if (!take(_reader.ReadTextString()))
                {
                    _reader.SkipValue();
                }
            }

            _reader.ReadEndMap();
            return true;
        }

        private bool ReadArray(Action take)
        {
            _reader.ReadStartArray();
            while (_reader.PeekState() != CborReaderState.EndArray)
            {
                take();
            }

            _reader.ReadEndArray();
            return true;
        }

        private static bool Is<T>(T _) => true;

        private static string Required(string? text, string key) => text ?? throw new JsonException($"'{key}' is missing");
    }
}
