using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using NanoFormer.Energy.Traces;

namespace NanoFormer.Energy.Tests;

public sealed class TraceTests : IDisposable
{
    private const double Volts = 1.8;

    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-energy").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The same device in the form of every instrument.</summary>
    public static TheoryData<string> Forms => ["ppk2.csv", "ppk2.ppk2", "api.csv", "plain.csv", "milliamps.csv", "joulescope.csv", "columns.csv", "joulescope.jls", "otii.json", "lpm01a.txt"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_gives_the_same_energy_to_a_thousandth(string form)
    {
        string path = Write(form);
        var measurement = Measurement.Of(path, SettingsFor(form));

        Assert.InRange(measurement.Figure.Mean / SyntheticTrace.TrueJoules, 0.999, 1.001);
        Assert.Equal(20, measurement.Figure.Inferences.Count);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_damaged_file_of_every_form_gives_a_named_error_or_what_is_left_and_never_a_crash(string form)
    {
        byte[] bytes = File.ReadAllBytes(Write(form));
        string path = Path.Combine(_folder, "damaged" + Path.GetExtension(form));
        Gen.Select(Gen.Int[0, bytes.Length], Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[0, 4], Gen.Bool).Sample((length, changes, isCut) =>
        {
            byte[] damaged = [.. bytes];
            foreach (var (at, value) in changes)
            {
                damaged[at] = value;
            }

            File.WriteAllBytes(path, isCut ? damaged[..length] : damaged);
            try
            {
                var figure = Measurement.Of(path, SettingsFor(form)).Figure;
                Assert.True(double.IsFinite(figure.Mean));
            }
            catch (EnergyException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }, iter: 40, threads: 1);
    }

    [Theory]
    [InlineData("Timestamp(ms),Current(uA),D0-D7\n", EnergyError.EmptyTrace)]
    [InlineData("", EnergyError.EmptyTrace)]
    [InlineData("Timestamp(ms),Current(furlong)\n0,1\n", EnergyError.BadUnit)]
    [InlineData("time,energy,charge\n0,1,1\n", EnergyError.MissingColumn)]
    [InlineData("Current(uA)\n1\n2\n", EnergyError.NoTimeBase)]
    [InlineData("time,current\n0,0.1\n1,0.1\n0.5,0.1\n", EnergyError.TimeBase)]
    [InlineData("time,current\n0,0.1\n1,5 apples\n", EnergyError.BadField)]
    [InlineData("time;current\n0,0;1,5\n0,1;1,6\n", EnergyError.BadField)]
    [InlineData("time,current\n0,500\n1,12000\n2,500\n3,12000\n", EnergyError.BadUnit)]
    [InlineData("0.1,1.8\n0.2,1.8\n", EnergyError.MissingColumn)]
    public void What_cannot_be_read_is_refused_by_name(string text, EnergyError error)
    {
        string path = Path.Combine(_folder, "a.csv");
        File.WriteAllText(path, text);

        Assert.Equal(error, Assert.Throws<EnergyException>(() => Measurement.Of(path, new() { Trace = new() { Voltage = 3 } })).Error);
    }

    [Fact]
    public void A_pin_has_no_unit()
    {
        string path = Path.Combine(_folder, "a.csv");
        File.WriteAllText(path, "time,current,marker\n0,0.1,0\n1,0.1,1\n2,0.1,0\n");

        var exception = Assert.Throws<EnergyException>(
            () => Measurement.Of(path, new() { Trace = new() { Voltage = 3, Columns = "time=time,current=current,D0=marker:mW" } }));

        Assert.Equal(EnergyError.BadUnit, exception.Error);
    }

    [Fact]
    public void Without_a_voltage_a_trace_of_currents_is_refused()
    {
        Assert.Equal(EnergyError.NoVoltage, Assert.Throws<EnergyException>(() => Measurement.Of(Write("ppk2.csv"), new())).Error);
    }

    [Fact]
    public void Inputs_in_reverse_are_suspected_by_name()
    {
        string path = Write("ppk2.csv");
        File.WriteAllLines(path, File.ReadLines(path).Select(line => line[^1] is '0' or '1' ? string.Concat(line.AsSpan(0, line.Length - 8), new string([.. line[^8..].Reverse()])) : line).ToArray());

        var exception = Assert.Throws<EnergyException>(() => Measurement.Of(path, SettingsFor("ppk2.csv")));

        Assert.Equal(EnergyError.NoMarker, exception.Error);
        Assert.Contains("--marker D7", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_whose_time_is_32_percent_of_real_is_refused_and_repaired_by_an_option()
    {
        string path = Write("ppk2.csv");
        double real = (20 * 0.02 + 0.012) / 0.32;

        var exception = Assert.Throws<EnergyException>(() => Measurement.Of(path, SettingsFor("ppk2.csv") with { DurationSeconds = real }));
        Assert.Equal(EnergyError.TimeBase, exception.Error);
        var repaired = Measurement.Of(path, SettingsFor("ppk2.csv") with { DurationSeconds = real, Trace = new() { Voltage = Volts, TimeScale = 1 / 0.32 } });
        Assert.InRange(repaired.Figure.Mean * 0.32 / SyntheticTrace.TrueJoules, 0.999, 1.001);
    }

    [Fact]
    public void Missing_samples_are_told_and_the_inferences_around_them_left_out()
    {
        string path = Write("ppk2.csv");
        File.WriteAllLines(path, File.ReadLines(path).Where((_, i) => i is < 1000 or > 1030).ToArray());

        var measurement = Measurement.Of(path, SettingsFor("ppk2.csv"));

        Assert.Contains(measurement.Findings, finding => finding.Name == "gap");
        Assert.InRange(measurement.Figure.Mean / SyntheticTrace.TrueJoules, 0.999, 1.001);
    }

    [Fact]
    public void The_log_of_the_device_finds_its_inferences_and_its_clock_is_fitted()
    {
        string log = Path.Combine(_folder, "device.log");
        const double Rate = 1 + 80e-6;
        File.WriteAllText(log, string.Concat(Enumerable.Range(0, 20).Select(i =>
        {
            double end = ((0.02 * (i + 1)) * Rate) + 7.3;
            return Line(FormattableString.Invariant($"nf1 infer seq={i} t_ms={(long)(end * 1000)} label=A raw=A conf=9 smoothed=0 still=0 latency_us=8000 arena=1 t0_ms=0"));
        })));

        var measurement = Measurement.Of(Write("plain.csv"), new() { LogPath = log });

        Assert.Equal(20, measurement.Fit!.Matched.Count);
        Assert.InRange(measurement.Fit.Offset, -7.305, -7.295);
        Assert.InRange(measurement.Figure.Mean / SyntheticTrace.TrueJoules, 0.999, 1.001);
    }

    [Fact]
    public void Inferences_without_marker_or_log_are_found_by_shape_with_a_warning()
    {
        var measurement = Measurement.Of(Write("plain.csv"), new());

        Assert.Contains(measurement.Findings, finding => finding.Name == "by_shape");
        Assert.InRange(measurement.Figure.Mean / SyntheticTrace.TrueJoules, 0.999, 1.001);
    }

    private static MeasurementSettings SettingsFor(string form) => new()
    {
        Marker = form is "ppk2.csv" or "ppk2.ppk2" or "joulescope.jls" ? 0 : null,
        Trace = new TraceOptions
        {
            Voltage = form is "ppk2.csv" or "ppk2.ppk2" or "api.csv" or "milliamps.csv" or "otii.json" ? Volts : null,
            Columns = form == "columns.csv" ? "current=2:mA,voltage=1:mV" : null,
            Rate = form == "columns.csv" ? 1 / SyntheticTrace.Period : null,
        },
    };

    private string Write(string form)
    {
        string path = Path.Combine(_folder, form);
        var samples = new SyntheticTrace(1, 20, isFaulty: false).Samples().Select(sample => (sample.Seconds, Amperes: sample.Watts / Volts, sample.Pins)).ToArray();
        File.WriteAllBytes(path, form switch
        {
            "ppk2.csv" => Text("Timestamp(ms),Current(uA),D0-D7\n", samples, s => $"{s.Seconds * 1000:0.00},{s.Amperes * 1e6:0.000},{s.Pins}0000000"),
            "ppk2.ppk2" => Zip(samples),
            "api.csv" => Text("ts,avg1000\n", samples, s => $"{new DateTime(2026, 12, 1).AddSeconds(s.Seconds):dd-MM-yyyy HH:mm:ss.ffffff},{s.Amperes * 1e6:0.000}"),
            "plain.csv" => Text("time,current,voltage\n", samples, s => $"{s.Seconds:0.0000},{s.Amperes:0.0000000},1.8"),
            "milliamps.csv" => Text("Time [s];Current [mA]\r\n", samples, s => $"{s.Seconds:0.0000};{s.Amperes * 1000:0.00000}\r"),
            "joulescope.csv" => Text("#time,current,voltage,power,charge,energy\n", samples, s => $"{s.Seconds:0.0000},{s.Amperes:G6},1.8,{s.Amperes * 1.8:G6},0.1,2409.77"),
            "columns.csv" => Text("", samples, s => $"1800,{s.Amperes * 1000:G6}"),
            "otii.json" => Text("{\"type\":\"response\",\"cmd\":\"x\"}\n", [.. samples.Chunk(100).Select(c => c[0])], s =>
                $"{{\"data\":{{\"timestamp\":{s.Seconds},\"interval\":{SyntheticTrace.Period},\"values\":[{string.Join(',', samples.SkipWhile(x => x.Seconds < s.Seconds).Take(100).Select(x => x.Amperes.ToString(CultureInfo.InvariantCulture)))}]}}}}"),
            "lpm01a.txt" => Text("ack freq 10k\noutput energy\n", samples, s => $"{Mantissa(s.Amperes * Volts * SyntheticTrace.Period)}"),
            _ => Jls(samples),
        });
        return path;
    }

    private static byte[] Text(string head, (double Seconds, double Amperes, int Pins)[] samples, Func<(double Seconds, double Amperes, int Pins), FormattableString> row) =>
        Encoding.ASCII.GetBytes(head + string.Concat(samples.Select(sample => row(sample).ToString(CultureInfo.InvariantCulture) + "\n")));

    private static string Mantissa(double joules)
    {
        int exponent = (int)Math.Floor(Math.Log10(joules)) - 3;
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(joules / Math.Pow(10, exponent)):0000}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static byte[] Zip((double Seconds, double Amperes, int Pins)[] samples)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var raw = zip.CreateEntry("session.raw").Open())
            {
                byte[] frame = new byte[6];
                foreach (var (_, amperes, pins) in samples)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(frame, (float)(amperes * 1e6));
                    BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(4), (ushort)pins);
                    raw.Write(frame);
                }
            }

            using var metadata = zip.CreateEntry("metadata.json").Open();
            metadata.Write("""{"metadata":{"samplesPerSecond":10000,"startSystemTime":1},"formatVersion":2}"""u8);
        }

        return bytes.ToArray();
    }

    /// <summary>A JLS file of two signals and an input, by the definition alone.</summary>
    private static byte[] Jls((double Seconds, double Amperes, int Pins)[] samples)
    {
        using var file = new MemoryStream();
        byte[] header = new byte[32];
        new byte[] { 0x6a, 0x6c, 0x73, 0x66, 0x6d, 0x74, 0x0d, 0x0a, 0x20, 0x0a, 0x20, 0x1a, 0x20, 0x20, 0xb2, 0x1c }.CopyTo(header, 0);
        header[27] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), Crc32C(header.AsSpan(0, 28)));
        file.Write(header);
        foreach (var (id, type, name) in new[] { (1, 0x2004u, "current"), (2, 0x2004u, "voltage"), (3, 0x0103u, "gpi[0]") })
        {
            byte[] definition = new byte[128 + name.Length + 4];
            BinaryPrimitives.WriteUInt32LittleEndian(definition.AsSpan(4), type);
            BinaryPrimitives.WriteUInt32LittleEndian(definition.AsSpan(8), 10_000);
            Encoding.ASCII.GetBytes(name + "\0\u001fA\0").CopyTo(definition, 128);
            Chunk(file, 0x02, id, definition);
        }

        Chunk(file, 0x40, 0, [1, 2, 3]);
        for (int at = 0; at < samples.Length; at += 1000)
        {
            var part = samples.AsSpan(at, Math.Min(1000, samples.Length - at)).ToArray();
            Chunk(file, 0x22, 1, Data(at, 32, part.SelectMany(sample => BitConverter.GetBytes((float)sample.Amperes))));
            Chunk(file, 0x22, 2, Data(at, 32, part.SelectMany(_ => BitConverter.GetBytes((float)Volts))));
            Chunk(file, 0x22, 3, Data(at, 1, part.Chunk(8).Select(eight => (byte)eight.Select((sample, bit) => sample.Pins << bit).Sum()), part.Length));
        }

        Chunk(file, 0xFF, 0, []);
        return file.ToArray();

        static byte[] Data(int first, ushort bits, IEnumerable<byte> values, int count = 0)
        {
            byte[] bytes = [.. new byte[16], .. values];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, first);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), bits == 1 ? count : (bytes.Length - 16) / 4);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(12), bits);
            return bytes;
        }
    }

    private static void Chunk(MemoryStream file, byte tag, int meta, byte[] payload)
    {
        byte[] header = new byte[32];
        header[16] = tag;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(18), (ushort)meta);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), Crc32C(header.AsSpan(0, 28)));
        file.Write(header);
        if (payload.Length == 0)
        {
            return;
        }

        file.Write(payload);
        file.Write(new byte[(8 - ((payload.Length + 4) % 8)) % 8]);
        file.Write(BitConverter.GetBytes(Crc32C(payload)));
    }

    // Bit by bit, apart from the reader's instruction.
    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
            }
        }

        return ~crc;
    }

    private static string Line(string record)
    {
        int crc = 0xFFFF;
        foreach (char c in record + " ")
        {
            crc ^= c << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = ((crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xFFFF;
            }
        }

        return FormattableString.Invariant($"{record} *{crc:X4}\r\n");
    }
}
