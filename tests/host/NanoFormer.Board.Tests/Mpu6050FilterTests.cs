using System.Numerics;

namespace NanoFormer.Board.Tests;

public class Mpu6050FilterTests
{
    private const double RateHz = 1000;

    public static TheoryData<byte, double, double, double> Settings()
    {
        var data = new TheoryData<byte, double, double, double>();
        (byte Setting, double Accel, double Gyro)[] table = [(1, 184, 188), (2, 94, 98), (3, 44, 42), (4, 21, 20), (5, 10, 10), (6, 5, 5)];
        foreach (var (setting, accel, gyro) in table)
        {
            foreach (double ratio in (double[])[0.5, 1, 2])
            {
                data.Add(setting, accel, gyro, accel * ratio);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void The_low_pass_attenuates_as_a_second_order_butterworth(byte setting, double accelHz, double gyroHz, double signalHz)
    {
        var motion = new FunctionMotion(
            t => new Vector3((float)Math.Sin(2 * Math.PI * signalHz * t), 0, 0),
            t => new Vector3(200 * (float)Math.Sin(2 * Math.PI * signalHz * t), 0, 0));
        using var bench = new SensorBench(motion);
        bench.WakeUp(setting);
        bench.Clock.Advance(400_000);
        var (accel, gyro) = Amplitudes(bench, signalHz);
        Assert.Equal(Butterworth(signalHz, accelHz), accel / 16384, 0.006);
        Assert.Equal(Butterworth(signalHz, gyroHz), gyro / (200 * 131), 0.006);
    }

    [Fact]
    public void The_bandwidth_is_the_minus_3_dB_point() => Assert.Equal(Math.Sqrt(0.5), Butterworth(44, 44), 1e-12);

    [Fact]
    public void Noise_of_the_default_chip_is_what_its_density_and_bandwidth_give()
    {
        var sensor = Mpu6050Options.Ideal with { AccelNoiseDensity = 400e-6, GyroNoiseDensity = 0.005 };
        using var bench = new SensorBench(FunctionMotion.Constant(Vector3.Zero), sensor);
        bench.WakeUp(3);
        bench.Clock.Advance(100_000);
        var accel = new List<double>();
        var gyro = new List<double>();
        for (int index = 0; index < 8000; index++)
        {
            bench.Clock.Advance(1000);
            accel.Add(bench.ReadInt16(0x3B) / 16384.0);
            gyro.Add(bench.ReadInt16(0x43) / 131.0);
        }

        // Equivalent noise bandwidth of a second-order Butterworth: 1.11 times its cutoff.
        Assert.Equal(400e-6 * Math.Sqrt(1.11 * 44), Deviation(accel), 0.0002);
        Assert.Equal(0.005 * Math.Sqrt(1.11 * 42), Deviation(gyro), 0.004);
    }

    private static double Butterworth(double signalHz, double cutoffHz)
    {
        double ratio = Math.Tan(Math.PI * signalHz / RateHz) / Math.Tan(Math.PI * cutoffHz / RateHz);
        return 1 / Math.Sqrt(1 + Math.Pow(ratio, 4));
    }

    private static double Deviation(List<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    /// <summary>Amplitudes of the signal's frequency in acceleration and angular rate x, by correlation over one second at 1 kHz.</summary>
    private static (double Accel, double Gyro) Amplitudes(SensorBench bench, double signalHz)
    {
        var samples = new List<(short Accel, short Gyro)>();
        bench.Clock.AdvanceTo(((bench.Clock.Microseconds / 1000) + 1) * 1000);
        long start = bench.Clock.Microseconds;
        for (int index = 0; index < 1000; index++)
        {
            bench.Clock.AdvanceTo(start + (1000L * index));
            samples.Add((bench.ReadInt16(0x3B), bench.ReadInt16(0x43)));
        }

        return (Amplitude(samples.ConvertAll(sample => (double)sample.Accel), signalHz),
            Amplitude(samples.ConvertAll(sample => (double)sample.Gyro), signalHz));
    }

    private static double Amplitude(List<double> values, double signalHz)
    {
        var (real, imaginary) = (0.0, 0.0);
        for (int index = 0; index < values.Count; index++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * signalHz * index / RateHz);
            real += values[index] * cosine;
            imaginary += values[index] * sine;
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / values.Count;
    }
}
