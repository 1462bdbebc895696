using System.Numerics;
using System.Text;

namespace NanoFormer.Board.Tests;

public class SerialPortTests
{
    [Fact]
    public void Bytes_arrive_at_the_baud_rate_while_the_writer_goes_on()
    {
        var clock = new VirtualClock();
        using var port = new SimulatedSerialPort(clock, 115_200);
        var arrivals = new List<long>();
        port.ByteReceived += _ => arrivals.Add(clock.Microseconds);
        port.Write(new byte[100]);
        Assert.Equal(0, clock.Microseconds);
        Assert.Equal(100, port.BytesToWrite);
        clock.Advance(1_000_000);

        // Ten bits per byte: 86.8 us each, the hundredth after 8680.6 us.
        Assert.Equal(87, arrivals[0]);
        Assert.Equal(8681, arrivals[99]);
    }

    [Fact]
    public void A_full_buffer_blocks_the_writer_for_as_long_as_the_line_needs()
    {
        var clock = new VirtualClock();
        using var port = new SimulatedSerialPort(clock, 9600, transmitCapacity: 16);
        port.Write(new byte[20]);

        // Four bytes must have left: 4 * 10 / 9600 s.
        Assert.Equal(4167, clock.Microseconds);
        port.Flush();
        Assert.Equal(20_834, clock.Microseconds);
        Assert.Equal(0, port.BytesToWrite);
    }

    [Fact]
    public void A_line_comes_through_whole()
    {
        var clock = new VirtualClock();
        using var port = new SimulatedSerialPort(clock);
        var text = new StringBuilder();
        port.ByteReceived += value => text.Append((char)value);
        port.Write("seq=1 label=WALKING\r\n"u8);
        port.Flush();
        Assert.Equal("seq=1 label=WALKING\r\n", text.ToString());
    }

    [Fact]
    public void Noise_flips_single_bits_at_its_rate_and_repeats_with_its_seed()
    {
        var first = Noisy(seed: 5);
        Assert.Equal(first, Noisy(seed: 5));
        Assert.NotEqual(first, Noisy(seed: 6));
        var damaged = first.Where(value => value != 0x55).ToList();
        Assert.All(damaged, value => Assert.Equal(1, BitOperations.PopCount((uint)(value ^ 0x55))));
        Assert.InRange(damaged.Count, 420, 580);
    }

    [Fact]
    public void The_board_reads_what_has_arrived_and_does_not_wait()
    {
        var clock = new VirtualClock();
        using var port = new SimulatedSerialPort(clock, 10_000);
        port.SendToBoard("name%"u8);
        byte[] buffer = new byte[8];
        Assert.Equal(0, port.Read(buffer));
        clock.Advance(3_000);
        Assert.Equal(3, port.BytesToRead);
        Assert.Equal(3, port.Read(buffer));
        clock.Advance(2_000);
        Assert.Equal(2, port.Read(buffer, 3, 5));
        Assert.Equal("name%", Encoding.ASCII.GetString(buffer, 0, 5));
    }

    private static List<byte> Noisy(int seed)
    {
        var clock = new VirtualClock();
        using var port = new SimulatedSerialPort(clock, 1_000_000, flipProbability: 0.05, seed: seed);
        var bytes = new List<byte>();
        port.ByteReceived += bytes.Add;
        port.Write(Enumerable.Repeat((byte)0x55, 10_000).ToArray());
        port.Flush();
        return bytes;
    }

    [Fact]
    public void Suspended_port_ends_its_byte_and_sends_the_others_after_it_is_resumed()
    {
        var clock = new VirtualClock();
        using var port = new SimulatedSerialPort(clock, baudRate: 10_000); // 1 ms a byte
        var arrived = new List<(byte Value, long Microseconds)>();
        port.ByteReceived += value => arrived.Add((value, clock.Microseconds));
        port.Write([1, 2, 3]);
        clock.Advance(500);

        port.Suspend();
        clock.Advance(1_000_000);
        Assert.Equal([((byte)1, 1_000L)], arrived);

        port.Resume();
        port.Flush();
        Assert.Equal([((byte)1, 1_000L), ((byte)2, 1_001_500L), ((byte)3, 1_002_500L)], arrived);
    }
}
