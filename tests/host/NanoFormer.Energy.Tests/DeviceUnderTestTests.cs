using System.Text;
using CsCheck;
using NanoFormer.Energy.Mlperf;

namespace NanoFormer.Energy.Tests;

/// <summary>The protocol, by the answers that mlcommons/tiny's own runner looks for.</summary>
public sealed class DeviceUnderTestTests
{
    private readonly StringBuilder _said = new();

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
        Assert.Equal("m-warmup-start-2\r\nm-warmup-done\r\nm-infer-start-3\r\nm-lap-us-20\r\nm-lap-us-50\r\nm-infer-done\r\nm-results-[0.256,1.000]\r\nm-ready\r\n", Ask(device, "infer 3 2%"));
        Assert.Equal("m-results-[0.256,1.000]\r\nm-ready\r\n", Ask(device, "results%"));
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
        int edges = 0;
        var device = new DeviceUnderTest(new Sum(), text => _said.Append(text), edge: () => edges++);
        device.Boot();
        Ask(device, "db load 4%db 01020304%");

        Assert.DoesNotContain("lap", Ask(device, "infer 5 0%"), StringComparison.Ordinal);
        Assert.Equal(3, edges);
    }

    [Fact]
    public void Bytes_of_any_kind_are_survived() => Gen.Byte.Array[0, 300].Sample(bytes => Device().Take([.. bytes, (byte)'%']), iter: 200);

    private DeviceUnderTest Device() => new(new Sum(), text => _said.Append(text));

    private string Ask(DeviceUnderTest device, string command)
    {
        _said.Clear();
        device.Take(Encoding.ASCII.GetBytes(command));
        return Said();
    }

    private string Said() => _said.ToString();

    private sealed class Sum : IBenchmarkModel
    {
        public string Id => "sum";

        public int InputBytes => 4;

        public long Microseconds { get; private set; }

        public float[] Run(ReadOnlySpan<byte> input)
        {
            Microseconds += 10;
            return [(input[0] + input[1] + input[2] + input[3]) / 1000f, 1];
        }
    }
}
