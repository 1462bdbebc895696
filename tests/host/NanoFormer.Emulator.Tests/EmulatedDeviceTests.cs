using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NanoFormer.Emulator.Tests;

/// <summary>MLPerf Tiny's device in C on each emulated core, over its UART.</summary>
public sealed partial class EmulatedDeviceTests
{
    private const double InstructionMicroseconds = 0.0125;
    private const int Inferences = 20;

    public static TheoryData<string> Cores => CoreTargets.Names;

    [Theory]
    [MemberData(nameof(Cores))]
    public void It_answers_as_the_core_computes_and_its_clock_is_that_of_counted_instructions(string name)
    {
        var target = Require(name);
        using var core = new EmulatedCore(BenchmarkModel.Image, target);
        byte[] window = Window(core);
        sbyte[] output = new sbyte[core.Info.OutputCount];
        short[] values = new short[window.Length / sizeof(short)];
        Buffer.BlockCopy(window, 0, values, 0, window.Length);
        core.Run(values, output);

        using var device = new EmulatedDevice(BenchmarkModel.Image, target, InstructionMicroseconds);
        Assert.Equal($"m-timestamp-mode-performance\r\nm-lap-us-0\r\nm-init-done\r\nm-ready\r\n", Answer(device));
        Assert.Equal($"m-name-dut-[NanoFormer on an emulated {name}]\r\nm-ready\r\n", Ask(device, "name%"));
        Load(device, window);
        string answer = Ask(device, $"infer {Inferences} 1%");

        long[] laps = [.. Lap().Matches(answer).Select(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
        double expected = Inferences * core.LastInstructions * InstructionMicroseconds;
        Assert.Equal(2, laps.Length);
        Assert.InRange((laps[1] - laps[0]) / expected, 0.99, 1.01);
        string results = string.Join(',', output.Take(core.Info.ClassCount).Select(value => ((value + 128) / 256.0).ToString("0.000", CultureInfo.InvariantCulture)));
        Assert.Contains($"m-results-[{results}]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void In_energy_mode_an_instrument_sees_every_inference_and_every_edge_before_the_answer_ends()
    {
        var target = Require(CoreTarget.CortexM4.Name);
        using var core = new EmulatedCore(BenchmarkModel.Image, target);
        var watcher = new Watcher();
        using var device = new EmulatedDevice(BenchmarkModel.Image, target, InstructionMicroseconds, watcher);
        Assert.StartsWith("m-timestamp-mode-energy\r\nm-init-done", Answer(device), StringComparison.Ordinal);
        Load(device, Window(core));

        Assert.DoesNotContain("lap", Ask(device, "infer 3 2%"), StringComparison.Ordinal);
        Assert.EndsWith("wRRFRRRFi", watcher.Seen.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Fiw", watcher.Seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_the_engine_refuses_is_named()
    {
        var target = Require(CoreTarget.CortexM4.Name);
        byte[] damaged = [.. BenchmarkModel.Image];
        damaged[^1] ^= 1;

        using var device = new EmulatedDevice(damaged, target, InstructionMicroseconds);

        Assert.Contains("e-[Model refused: BAD_CHECKSUM]", Answer(device), StringComparison.Ordinal);
    }

    private static CoreTarget Require(string name)
    {
        var target = CoreTargets.Require(name);
        Assert.SkipUnless(File.Exists(NativeBuild.DeviceImage(target)), $"{NativeBuild.DeviceImage(target)} has not been built.");
        return target;
    }

    private static byte[] Window(EmulatedCore core)
    {
        byte[] window = new byte[core.Info.WindowSamples * core.Info.ChannelCount * core.Info.ValueBytes];
        new Random(5).NextBytes(window);
        return window;
    }

    private static void Load(EmulatedDevice device, byte[] window)
    {
        Ask(device, $"db load {window.Length}%");
        string answer = "";
        foreach (byte[] piece in window.Chunk(31))
        {
            answer = Ask(device, $"db {Convert.ToHexStringLower(piece)}%");
        }

        Assert.Equal("m-load-done\r\nm-ready\r\n", answer);
    }

    private static string Ask(EmulatedDevice device, string command)
    {
        device.Write(Encoding.ASCII.GetBytes(command));
        return Answer(device);
    }

    /// <summary>What the device says up to m-ready, or until it ends.</summary>
    private static string Answer(EmulatedDevice device)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[256];
        while (!text.ToString().EndsWith("m-ready\r\n", StringComparison.Ordinal) && device.Read(buffer) is > 0 and var count)
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"m-lap-us-(\d+)")]
    private static partial Regex Lap();

    private sealed class Watcher : IDeviceWatcher
    {
        public StringBuilder Seen { get; } = new();

        public void Works() => Seen.Append('w');

        public void Ran(double seconds) => Seen.Append('R');

        public void Falls() => Seen.Append('F');

        public void Rests() => Seen.Append('i');
    }
}
