namespace NanoFormer.Emulator.Tests;

/// <summary>Damage on the wire, against the real server on the emulated core.</summary>
public class ProtocolTests
{
    private const byte StackRequest = (byte)CoreRequest.Stack;

    [Theory]
    [InlineData("FRAME_TORN", "garbage")]
    [InlineData("FRAME_TORN", "torn")]
    [InlineData("FRAME_BAD_CHECKSUM", "flipped")]
    [InlineData("FRAME_BAD_LENGTH", "surplus")]
    [InlineData("FRAME_TOO_LONG", "announced")]
    [InlineData("FRAME_TOO_LONG", "flood")]
    public void Damaged_frame_gets_a_named_answer_and_the_next_is_served(string name, string damage)
    {
        using var server = new Server();
        server.Link.SendRaw(Damaged(damage));
        server.Link.SendRaw(FrameCodec.Encode(StackRequest, 77, []));

        var complaint = server.Link.Receive();
        Assert.Equal((0x80, 0), (complaint.Kind, complaint.Sequence));
        var error = Assert.Throws<EmulatorException>(() => CoreLink.CheckedPayload(complaint));
        Assert.Equal(name, error.StatusName);
        var answer = server.Link.Receive();
        Assert.Equal((StackRequest | 0x80, 77), (answer.Kind, answer.Sequence));
        Assert.Equal(2 * sizeof(int), CoreLink.CheckedPayload(answer).Length);
    }

    [Fact]
    public void Random_bytes_never_stop_the_core()
    {
        using var server = new Server();
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            byte[] noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            server.Link.SendRaw(noise);
        }

        server.Link.SendRaw(FrameCodec.Encode(StackRequest, 200, []));
        CoreFrame answer;
        do
        {
            answer = server.Link.Receive();
        }
        while (answer.Sequence != 200);

        Assert.Equal(2 * sizeof(int), CoreLink.CheckedPayload(answer).Length);
    }

    [Theory]
    [InlineData(99, "UNKNOWN_REQUEST")]
    [InlineData((int)CoreRequest.Run, "NO_MODEL")]
    [InlineData((int)CoreRequest.Info, "NO_MODEL")]
    public void Request_that_cannot_be_served_is_refused_by_name(int request, string name)
    {
        using var server = new Server();

        var error = Assert.Throws<EmulatorException>(() => server.Link.Exchange((CoreRequest)request));
        Assert.Equal(name, error.StatusName);
    }

    [Fact]
    public void Silence_ends_in_a_named_error()
    {
        using var server = new Server(TimeSpan.FromMilliseconds(300));

        var error = Assert.Throws<EmulatorException>(() => server.Link.Receive());
        Assert.Contains("did not answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Death_of_the_emulator_ends_in_a_named_error()
    {
        using var server = new Server();
        server.Process.Kill();

        var error = Assert.Throws<EmulatorException>(() => server.Link.Exchange(CoreRequest.Hello));
        Assert.Contains("ended unexpectedly", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void End_of_the_stream_ends_the_emulator()
    {
        using var server = new Server();
        server.Link.Exchange(CoreRequest.Hello);
        server.Process.Input.Close();

        Assert.Equal(0, server.Process.WaitForExit(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Program_that_is_missing_is_named()
    {
        var target = CoreTargets.Require("cortex-m4");

        var error = Assert.Throws<EmulatorException>(() => new QemuProcess(target, "nowhere.elf", []));
        Assert.Contains("nowhere.elf", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complaint_of_the_emulator_is_passed_on()
    {
        var unknown = CoreTargets.Require("cortex-m4") with { Machine = "no-such-board" };
        using var process = new QemuProcess(unknown, NativeBuild.CoreImage(unknown), []);
        using var link = new CoreLink(process, TimeSpan.FromSeconds(30));

        var error = Assert.Throws<EmulatorException>(() => link.Exchange(CoreRequest.Hello));
        Assert.Contains("unsupported machine type", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Damaged(string damage)
    {
        byte[] intact = FrameCodec.Encode((byte)CoreRequest.Run, 5, new byte[1536]);
        return damage switch
        {
            "garbage" => [0xFF, 0x47, 0x11],
            "torn" => intact[..(intact.Length / 2)],
            "flipped" => Flipped(FrameCodec.Encode((byte)CoreRequest.Run, 5, [1, 2, 3, 4])),
            "surplus" => FrameCodec.Stuff([StackRequest, 1, 0, 0, 9, 9, 9, 9, 9]),
            "announced" => FrameCodec.Stuff([StackRequest, 1, 0xFF, 0xFF, 9, 9, 9, 9]),
            "flood" => FrameCodec.Stuff(new byte[40_000]),
            _ => throw new ArgumentOutOfRangeException(nameof(damage)),
        };
    }

    private static byte[] Flipped(byte[] wire)
    {
        wire[^4] ^= 0x80;
        return wire;
    }

    /// <summary>The engine's server on an emulated core, without a model.</summary>
    private sealed class Server : IDisposable
    {
        public Server(TimeSpan? timeout = null)
        {
            var target = CoreTargets.Require("cortex-m4");
            Process = new QemuProcess(target, NativeBuild.CoreImage(target), []);
            Link = new CoreLink(Process, timeout ?? TimeSpan.FromSeconds(60));
        }

        public QemuProcess Process { get; }

        public CoreLink Link { get; }

        public void Dispose()
        {
            Link.Dispose();
            Process.Dispose();
        }
    }
}
