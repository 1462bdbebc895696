using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;

namespace NanoFormer.Energy.Traces;

/// <summary>A session saved by nRF Connect's Power Profiler: a zip of frames of 6 bytes (float32 microamperes, uint16 inputs) and their rate.</summary>
internal sealed class Ppk2Session : Trace
{
    private const int FrameLength = 6;

    private readonly ZipArchive _zip;
    private readonly Stream _frames;
    private readonly byte[] _buffer = new byte[FrameLength * TraceBlock.Capacity];
    private readonly double _volts;
    private readonly double _period;
    private readonly long _length;
    private long _sample;

    public Ppk2Session(string path, TraceOptions options)
    {
        try
        {
            _zip = ZipFile.OpenRead(path);
            var raw = _zip.GetEntry("session.raw") ?? throw new EnergyException(EnergyError.BadTrace, "the .ppk2 file holds no session.raw.");
            var metadata = _zip.GetEntry("metadata.json") ?? throw new EnergyException(EnergyError.BadTrace, "the .ppk2 file holds no metadata.json.");
            using (var json = JsonDocument.Parse(metadata.Open()))
            {
                var fields = json.RootElement.TryGetProperty("metadata", out var inner) ? inner : json.RootElement;
                _period = fields.TryGetProperty("samplesPerSecond", out var rate) && rate.TryGetDouble(out double hertz) && hertz is > 0 and <= 1e8
                    ? options.TimeScale / hertz
                    : throw new EnergyException(EnergyError.NoTimeBase, "metadata.json of the .ppk2 file names no samplesPerSecond.");
            }

            _length = raw.Length;
            if (_length < FrameLength)
            {
                throw new EnergyException(EnergyError.EmptyTrace, "the .ppk2 file holds no samples.");
            }

            _frames = raw.Open();
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or InvalidOperationException)
        {
            throw new EnergyException(EnergyError.BadTrace, $"not a whole .ppk2 file: {exception.Message} Save the session again.");
        }

        _volts = VoltageOf(options, Format);
    }

    public override string Format => "PPK2 session";

    public override bool HasPins => true;

    public override double Done => (double)_sample * FrameLength / _length;

    public override bool Read(TraceBlock block)
    {
        block.Count = 0;
        int count;
        try
        {
            count = _frames.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException exception)
        {
            throw new EnergyException(EnergyError.BadTrace, $"the .ppk2 file is damaged after {_sample} samples: {exception.Message}");
        }

        for (int at = 0; at + FrameLength <= count; at += FrameLength)
        {
            float microamps = BinaryPrimitives.ReadSingleLittleEndian(_buffer.AsSpan(at));
            block.Add(_sample++ * _period, microamps * 1e-6 * _volts, BinaryPrimitives.ReadUInt16LittleEndian(_buffer.AsSpan(at + 4)));
        }

        if (count % FrameLength != 0)
        {
            Find("torn_end", "the last sample is cut off and left out");
        }

        return block.Count > 0;
    }

    protected override void Dispose(bool disposing) => _zip.Dispose();
}
