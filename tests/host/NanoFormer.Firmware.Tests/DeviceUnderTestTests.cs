using System.Text;
using CsCheck;
using NanoFormer.Mlperf;

namespace NanoFormer.Firmware.Tests;

/// <summary>The protocol, by the answers that mlcommons/tiny's own runner looks for.</summary>
public sealed class DeviceUnderTestTests
{
    private readonly Board _board = new();

    [Fact]
    public void It_starts_answers_and_is_ready_again()
    {
        var device = Device();
        device.Boot();
        Assert.Equal("m-timestamp-mode-performance\r\nm-lap-us-0\r\nm-init-done\r\nm-ready\r\n", Said());
        Assert.Equal("m-name-dut-[NanoFormer]\r\nm-ready\r\n", Ask(device, "name%"));
        Assert.Equal("m-profile-[ULPMark for tinyML Firmware V0.0.1]\r\nm-model-[sum]\r\nm-ready\r\n", Ask(device, "profile%"));
        Assert.Equal("e-[Unknown command: nonsense]\r\nm-ready\r\n", Ask(device, "nonsense 1%"));
    }

    [Fact]
    public void An_input_is_loaded_in_pieces_run_and_its_results_told()
    {
        var device = Device();

        Assert.Equal("m-[Expecting 4 bytes]\r\nm-ready\r\n", Ask(device, "db load 4%"));
        Assert.Equal("m-ready\r\n", Ask(device, "db 0102%"));
        Assert.StartsWith("e-[The model takes 4 bytes", Ask(device, "infer 1 0%"), StringComparison.Ordinal);
        Assert.Equal("m-load-done\r\nm-ready\r\n", Ask(device, "db 03FAFF%"));
        Assert.Equal("m-buffer-01-02-03-fa\r\nm-ready\r\n", Ask(device, "db print 1 1%"));
        Assert.Equal("m-warmup-start-2\r\nm-warmup-done\r\nm-infer-start-3\r\nm-lap-us-20\r\nm-lap-us-50\r\nm-infer-done\r\nm-results-[0.977,0.996]\r\nm-ready\r\n", Ask(device, "infer 3 2%"));
        Assert.Equal("m-results-[0.977,0.996]\r\nm-ready\r\n", Ask(device, "results%"));
    }

    [Theory]
    [InlineData("db%", "e-[Command 'db' requires a subcommand]")]
    [InlineData("db load%", "e-[Command 'db load' requires the # of bytes]")]
    [InlineData("db load 0%", "e-[Command 'db load' must be >0 bytes]")]
    [InlineData("db load 27649%", "Supplied buffer size 27649 exceeds maximum of 27648")]
    [InlineData("infer 0%", "e-[Inference iterations must be >0]")]
    [InlineData("infer 1 -1%", "e-[Inference warmup must be >=0]")]
    [InlineData("db 123%", "e-[Insufficent number of hex digits]")]
    public void What_is_wrong_is_said_as_the_reference_says_it(string command, string answer) =>
        Assert.StartsWith(answer, Ask(Device(), command), StringComparison.Ordinal);

    [Fact]
    public void In_energy_mode_a_time_stamp_is_an_edge_and_no_text()
    {
        _board.IsEnergyMode = true;
        var device = Device();
        device.Boot();
        Ask(device, "db load 4%db 01020304%");

        Assert.DoesNotContain("lap", Ask(device, "infer 5 0%"), StringComparison.Ordinal);
        Assert.Equal(3, _board.Edges);
    }

    [Fact]
    public void Bytes_of_any_kind_are_survived() => Gen.Byte.Array[0, 300].Sample(
        bytes => Assert.EndsWith("m-ready\r\n", Ask(Device(), Encoding.Latin1.GetString(bytes) + "%"), StringComparison.Ordinal), iter: 200, threads: 1);

    private DeviceUnderTest Device() => new(_board, _board, DeviceUnderTest.Vendor);

    private string Ask(DeviceUnderTest device, string command)
    {
        _board.Said.Clear();
        byte[] bytes = Encoding.Latin1.GetBytes(command);
        device.Take(bytes, bytes.Length);
        return Said();
    }

    private string Said() => _board.Said.ToString();

    /// <summary>A model that tells the last byte of its input, on a board that notes what is said.</summary>
    private sealed class Board : IBenchmarkModel, IBenchmarkPort
    {
        public StringBuilder Said { get; } = new();

        public int Edges { get; private set; }

        public string Id => "sum";

        public int InputBytes => 4;

        public int ResultCount => 2;

        public bool IsEnergyMode { get; set; }

        public long Microseconds { get; private set; }

        public void Write(byte[] bytes, int count) => Said.Append(Encoding.Latin1.GetString(bytes, 0, count));

        public void Edge() => Edges++;

        public void Run(byte[] input, sbyte[] results)
        {
            Microseconds += 10;
            results[0] = (sbyte)(input[3] - 128);
            results[1] = 127;
        }
    }
}
