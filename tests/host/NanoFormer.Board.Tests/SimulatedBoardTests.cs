using System.Device.Gpio;
using System.Numerics;
using System.Security.Cryptography;

namespace NanoFormer.Board.Tests;

public class SimulatedBoardTests
{
    [Fact]
    public void The_same_board_gives_the_same_bytes_twice()
    {
        Assert.Equal(FifoDigest(seed: 1), FifoDigest(seed: 1));
        Assert.NotEqual(FifoDigest(seed: 1), FifoDigest(seed: 2));
    }

    [Fact]
    public void A_captured_wearer_is_the_wearer_to_within_noise_and_bias()
    {
        var wearer = new SyntheticWearer(1, [new ScenarioSegment(WearerActivity.Walking, 30)]);
        using var bench = new SensorBench(wearer, new Mpu6050Options());
        bench.WakeUp(1);
        for (int index = 0; index < 500; index++)
        {
            bench.Clock.Advance(20_000);
            var truth = wearer.At(bench.Clock.Seconds - 0.002).Acceleration;
            Assert.Equal(truth.X, bench.ReadInt16(0x3B) / 16384f, 0.08f);
        }
    }

    [Fact]
    public void Helpers_book_the_processors_time()
    {
        using var board = new SimulatedBoard(FunctionMotion.Constant(Vector3.UnitZ));
        board.Compute(10_000);
        board.Sleep(200_000);
        Assert.False(board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 3_000_000));
        Assert.Equal(10_000, board.Power.Microseconds(McuState.Run));
        Assert.Equal(200_000, board.Power.Microseconds(McuState.LightSleep));
        Assert.Equal(3_000_000, board.Power.Microseconds(McuState.DeepSleep));
    }

    [Fact]
    public void The_wearers_first_steps_wake_a_sleeping_board()
    {
        var wearer = new SyntheticWearer(1, [new(WearerActivity.Standing, 10, 0), new(WearerActivity.Walking, 10)]);
        using var bench = new SensorBench(wearer, new Mpu6050Options());
        byte[][] sequence =
        [
            [0x6B, 0x00], [0x6C, 0x00], [0x1C, 0x00], [0x1A, 0x00], [0x37, 0x20], [0x38, 0x40], [0x1F, 50], [0x20, 1], [0x69, 0x15],
        ];
        Array.ForEach(sequence, bytes => bench.Device.Write(bytes));
        bench.Board.Sleep(100_000);
        bench.Write(0x1C, 0x07);
        bench.Write(0x6C, 0x47);
        bench.Write(0x6B, 0x20);
        Assert.True(bench.Board.SleepUntilPin(SimulatedBoard.InterruptPin, PinValue.High, 60_000_000));
        Assert.InRange(bench.Clock.Seconds, 10, 13);
    }

    private static string FifoDigest(int seed)
    {
        var wearer = new SyntheticWearer(seed, [new ScenarioSegment(WearerActivity.Walking, 20)]);
        using var bench = new SensorBench(wearer, new Mpu6050Options());
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bench.WakeUp(3, 19);
        bench.Write(0x23, 0x78);
        bench.Write(0x6A, 0x40);
        for (int round = 0; round < 20; round++)
        {
            bench.Board.Sleep(500_000);
            digest.AppendData(bench.Read(0x74, bench.FifoCount()));
        }

        return Convert.ToHexString(digest.GetHashAndReset());
    }
}
