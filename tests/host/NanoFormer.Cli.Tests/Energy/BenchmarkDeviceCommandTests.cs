using System.Text;
using NanoFormer.Cli.Tests.Commands;
using NanoFormer.Emulator;
using NanoFormer.Energy.Mlperf;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary><c>benchmark-device</c> as its page calls it, against <c>dut</c> and against devices that are wrong.</summary>
[Collection("pseudo-terminals")]
public sealed class BenchmarkDeviceCommandTests : IDisposable
{
    private const int Windows = 6;
    private const string Inferences = "40";
    private const string Patience = "300"; // for a machine with much else to do

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cortex-m4", "an emulated cortex-m4", "estimate")]
    [InlineData("host", "host", "measurement")]
    public void Accuracy_over_the_port_is_that_of_the_engine(string core, string name, string kind)
    {
        Require(core);
        using var device = new DeviceOnAPort(_folder, ShippedModel.Folder, core);

        // The last of the labels is wrong on purpose.
        var run = CommandLine.Succeed([.. EnergyReadme.Command("accuracy", ("PORT", device.Port), ("FOLDER", Dataset(wrong: 1))), "--timeout", Patience, "--json"]);

        Assert.Equal($"NanoFormer on {name}", run.Json.GetProperty("device").GetString());
        Assert.Equal(kind, run.Json.GetProperty("kind").GetString());
        Assert.Equal(100.0 * (Windows - 1) / Windows, run.Json.GetProperty("top1_percent").GetDouble(), 6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("lpm01a")]
    public void A_script_gets_the_ports_that_are_open(string? instrument)
    {
        using var device = new DeviceOnAPort(_folder, ShippedModel.Folder, "host", instrument);

        Assert.True(File.Exists(device.Port));
        Assert.Equal(device.Port, device.Waits.GetProperty("port").GetString());
        Assert.Equal(instrument is null ? null : device.InstrumentPort, device.Waits.GetProperty("instrument_port").GetString());
        Assert.Equal(instrument is not null, File.Exists(device.InstrumentPort));
    }

    [Fact]
    public void Runs_that_are_too_short_are_said_to_be_and_fail()
    {
        Require("cortex-m4");
        using var device = new DeviceOnAPort(_folder, ShippedModel.Folder, "cortex-m4");

        var run = CommandLine.Run("benchmark-device", device.Port, "--dataset", Dataset(), "--inferences", "20", "--timeout", Patience);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ERROR 2 - loop exited before 10 seconds elapsed.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Median throughput is ", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Runs of half a second: the least time is held by a test of the runner, and 120 MHz are slow to emulate.</summary>
    [Fact]
    public void Five_runs_of_an_emulated_core_give_the_power_of_its_board()
    {
        Require("cortex-m4");
        using var device = new DeviceOnAPort(_folder, ShippedModel.Folder, "cortex-m4", "lpm01a");

        var run = CommandLine.Run([
            .. EnergyReadme.Command("--instrument-port", ("PORT", device.Port), ("FOLDER", Dataset()), ("PORT2", device.InstrumentPort), ("70", Inferences)),
            "--warmups", "2", "--record", _folder.PathOf("record"), "--timeout", Patience, "--json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.False(run.Json.GetProperty("valid").GetBoolean());
        Assert.Equal("estimate", run.Json.GetProperty("kind").GetString());
        var runs = run.Json.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal(5, runs.Length);
        // 195.1 uA/MHz at 120 MHz and 1.8 V.
        Assert.All(runs, one => Assert.InRange(one.GetProperty("energy_uj").GetDouble() / one.GetProperty("seconds").GetDouble() / (195.1 * 120 * 1.8), 0.999, 1.001));
        double median = run.Json.GetProperty("median_energy_uj_per_inference").GetDouble();
        // The recordings, read again by the other command.
        var again = CommandLine.Succeed([.. EnergyReadme.Command("--edges", ("FILE", _folder.PathOf("record/run-1.txt")), ("70", Inferences)), "--json"]);
        Assert.InRange(again.Json.GetProperty("energy_uj_per_inference").GetDouble() / median, 0.999, 1.001);
    }

    [Theory]
    [InlineData("", "NO_ANSWER")]
    [InlineData("\u00f8\u0080\u00fe\r\n", "WRONG_BAUD")]
    [InlineData("m-name-dut-[x]\r\nm-re", "TORN_LINE")]
    [InlineData("e-[Unknown command: name]\r\nm-ready\r\n", "DEVICE_ERROR")]
    public void What_is_wrong_with_a_device_is_named(string answer, string error)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        string dataset = _folder.PathOf("data");
        LabelledInputs.Write(dataset, [new LabelledInput("one.bin", 0, [1, 2, 3])]);
        using var pty = new Pty();
        new Thread(() => Answer(pty, Encoding.Latin1.GetBytes(answer))) { IsBackground = true }.Start();

        CommandLine.Run("benchmark-device", pty.Name, "--mode", "accuracy", "--dataset", dataset).AssertRefused(error);
    }

    [Fact]
    public void A_port_that_is_not_there_and_a_missing_instrument_are_named()
    {
        string dataset = _folder.PathOf("data");
        LabelledInputs.Write(dataset, [new LabelledInput("one.bin", 0, [1, 2, 3])]);

        Assert.Equal(1, CommandLine.Run("benchmark-device", _folder.PathOf("nothing"), "--dataset", dataset).ExitCode);
        CommandLine.Run("benchmark-device", _folder.PathOf("nothing"), "--dataset", dataset, "--mode", "energy").AssertRefused("BAD_OPTION");
    }

    [Fact]
    public void A_core_without_a_board_has_no_energy_mode() =>
        CommandLine.Run("dut", "--model", ShippedModel.Folder, "--core", "cortex-m55", "--instrument", "lpm01a").AssertRefused("NO_BOARD");

    private static void Require(string core)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        Native.RequireCore(core);
        Assert.SkipUnless(core == "host" || File.Exists(NativeBuild.DeviceImage(CoreTarget.CortexM4)), "the emulated device has not been built");
    }

    /// <summary>Random windows, labelled by what the C# reference says of them; the last <paramref name="wrong"/> labels are others.</summary>
    private string Dataset(int wrong = 0)
    {
        using var engine = new ReferenceEngine(ShippedModel.Image);
        var inputs = new List<LabelledInput>();
        sbyte[] output = new sbyte[engine.Info.OutputCount];
        for (int i = 0; i < Windows; i++)
        {
            var random = new Random(i);
            short[] window = [.. Enumerable.Range(0, engine.Info.WindowSamples * engine.Info.ChannelCount).Select(_ => (short)random.Next(-9000, 9000))];
            engine.Run(window, output);
            int answer = Array.IndexOf(output, output.Max());
            byte[] bytes = new byte[window.Length * sizeof(short)];
            Buffer.BlockCopy(window, 0, bytes, 0, bytes.Length);
            inputs.Add(new LabelledInput($"{i}.bin", i < Windows - wrong ? answer : (answer + 1) % output.Length, bytes));
        }

        string folder = _folder.PathOf("data");
        LabelledInputs.Write(folder, inputs);
        return folder;
    }

    private static void Answer(Pty pty, byte[] answer)
    {
        byte[] buffer = new byte[256];
        try
        {
            while (pty.Read(buffer) is > 0 and var count)
            {
                if (buffer.AsSpan(0, count).Contains((byte)'%'))
                {
                    pty.Write(answer);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
