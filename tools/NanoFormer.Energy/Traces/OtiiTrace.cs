using System.Text.Json;

namespace NanoFormer.Energy.Traces;

/// <summary>Answers of Otii's TCP server, kept line by line: channel data as <c>{timestamp, interval, values[]}</c>, currents in A.</summary>
internal sealed class OtiiTrace : Trace
{
    private readonly StreamReader _lines;
    private readonly double _volts;
    private readonly double _scale;
    private readonly Queue<(double Time, double Value)> _pending = new();
    private long _line;
    private double _last = double.NegativeInfinity;

    public OtiiTrace(string path, TraceOptions options)
    {
        _volts = VoltageOf(options, Format);
        _scale = options.TimeScale;
        _lines = new StreamReader(path);
    }

    public override string Format => "Otii channel data";

    public override bool HasPins => false;

    public override double Done => _lines.BaseStream.Length == 0 ? 1 : (double)_lines.BaseStream.Position / _lines.BaseStream.Length;

    public override bool Read(TraceBlock block)
    {
        block.Count = 0;
        while (!block.IsFull && (_pending.Count > 0 || Fill()))
        {
            while (!block.IsFull && _pending.TryDequeue(out var sample))
            {
                block.Add(sample.Time, sample.Value * _volts, 0);
            }
        }

        return block.Count > 0;
    }

    protected override void Dispose(bool disposing) => _lines.Dispose();

    private bool Fill()
    {
        while (_lines.ReadLine() is { } line)
        {
            _line++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(line);
                var data = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("data", out var inner) ? inner : json.RootElement;
                if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array)
                {
                    continue; // other answers of the server
                }

                if (!data.TryGetProperty("interval", out var interval) || !interval.TryGetDouble(out double step) || !(step > 0)
                    || !data.TryGetProperty("timestamp", out var timestamp) || !timestamp.TryGetDouble(out double start))
                {
                    throw new EnergyException(EnergyError.NoTimeBase, $"line {_line}: values without timestamp and interval; only channel data with a fixed interval can be read.");
                }

                Take(values, start, step);
                if (_pending.Count > 0)
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                throw new EnergyException(EnergyError.BadField, $"line {_line}: not a line of JSON as Otii's server sends it: {exception.Message}");
            }
        }

        return _line > 0 && !double.IsNegativeInfinity(_last)
            ? false
            : throw new EnergyException(EnergyError.EmptyTrace, "no line holds channel data: an object with timestamp, interval and values.");
    }

    private void Take(JsonElement values, double start, double step)
    {
        int i = 0;
        foreach (var value in values.EnumerateArray())
        {
            double time = (start + (i++ * step)) * _scale;
            if (time <= _last)
            {
                throw new EnergyException(EnergyError.TimeBase, $"line {_line}: time goes back; several channels or recordings are in the file: keep one current channel.");
            }

            _last = time;
            _pending.Enqueue((time, value.GetDouble()));
        }
    }
}
