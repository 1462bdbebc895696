using System.Numerics;
using NanoFormer.Board;
using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;
using NanoFormer.Wearable;

namespace NanoFormer.Firmware.Tests;

public class CalibrationTests
{
    [Fact]
    public void The_log_of_a_calibration_is_as_recorded()
    {
        using var device = Calibrate(new Mpu6050Options());
        GoldenLog.Check("calibrate.log", device.Log.Lines);
    }

    [Theory]
    [InlineData(0.002)]
    [InlineData(0.032)]
    public void The_proposed_threshold_suits_the_part_whatever_the_size_of_its_step(double gPerStep)
    {
        using var device = Calibrate(new Mpu6050Options { GPerThresholdStep = gPerStep });

        var found = Assert.Single(device.Log.Of("calibrate"));
        // A single sample of cycle mode scatters by 400 ug * sqrt(260 Hz) = 6.4 mg, and 60 of them reach about three times that.
        long quiet = found.Number("quiet", 0);
        Assert.InRange(quiet * gPerStep, 0.012, 0.036);
        Assert.Equal(2 * quiet, found.Number("threshold", 0));
        Assert.Equal(2 * quiet, device.Log.Of("wake").First().Number("threshold", 0));
    }

    [Fact]
    public void Noise_and_offsets_are_measured_in_their_units()
    {
        var options = new Mpu6050Options { GyroBias = new Vector3(-1.5f, 0.25f, 10) };
        using var device = Calibrate(options);

        var found = Assert.Single(device.Log.Of("calibrate"));
        Assert.InRange(found.Number("gyro_x_mdps", 0), -1520, -1480);
        Assert.InRange(found.Number("gyro_y_mdps", 0), 230, 270);
        Assert.InRange(found.Number("gyro_z_mdps", 0), 9980, 10_020);
        // Second-order low-pass of 21 Hz: 400 ug * sqrt(21 Hz * 1.11) an axis, over three axes.
        Assert.InRange(found.Number("noise_ug", 0), 2700, 4000);
        Assert.Equal("ok", Assert.Single(device.Log.Of("sensor_test")).Text("result"));
    }

    [Fact]
    public void A_device_in_motion_is_told_so_and_keeps_its_threshold()
    {
        using var device = Calibrate(Mpu6050Options.Ideal, t => new Vector3(0.3f * MathF.Sin((float)(9 * t)), 0, 0), stopAt: 20);

        Assert.Empty(device.Log.Of("calibrate"));
        var error = Assert.Single(device.Log.Of("error"));
        Assert.Equal("not_at_rest", error.Text("code"));
        Assert.InRange(error.Number("value", 0), 190, 230); // 0.3 g / sqrt(2)
        Assert.Equal(20, device.Log.Of("wake").First().Number("threshold", 0));
    }

    [Fact]
    public void A_clone_is_calibrated_without_a_self_test()
    {
        using var device = Calibrate(new Mpu6050Options { WhoAmI = 0x70, GPerThresholdStep = 0.004 });

        Assert.Equal("unsupported", Assert.Single(device.Log.Of("sensor_test")).Text("result"));
        Assert.InRange(Assert.Single(device.Log.Of("calibrate")).Number("threshold", 0), 6, 18);
    }

    private static BoardDevice Calibrate(Mpu6050Options options, Func<double, Vector3>? shake = null, double stopAt = 60)
    {
        var device = new BoardDevice(options) { Shake = shake ?? (_ => Vector3.Zero) };
        using var transformer = new Transformer(device.Engine());
        var settings = new WearableSettings { Calibrate = true, DetectFrozenSensor = false };
        var application = new WearableApplication(device.Access, transformer, settings);
        device.Board.Clock.Schedule((long)(stopAt * 1e6), application.Stop);
        Assert.True(application.Run(1));
        return device;
    }
}
