using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests;

public class ChannelMapTests
{
    private static readonly SensorScale Scale = new Mpu6050(null!, null!, 100).Scale;

    private const double Tolerance = 3e-5; // a 16-bit fraction of a factor near 1

    [Theory]
    [InlineData("g", 1 / 8192.0)]
    [InlineData("m/s2", 9.80665 / 8192)]
    public void An_acceleration_unit_gives_its_factor(string unit, double sensorStep) => AssertFactor("acc_y", unit, 1, sensorStep, 8192);

    [Theory]
    [InlineData("rad/s", Math.PI / 180 / 65.5)]
    [InlineData("dps", 1 / 65.5)]
    public void A_rotation_unit_gives_its_factor(string unit, double sensorStep) => AssertFactor("gyro_Z", unit, 5, sensorStep, 4096);

    [Fact]
    public void A_limit_in_g_becomes_steps_of_the_model()
    {
        var map = ChannelMap.ForModel(FakeEngine.Model("acc_x,gyro_x", "g,rad/s"), Scale);
        Assert.Equal([8192 / 4, 0], map.StillLimits(250));
        Assert.Equal([1, 0], map.StillLimits(0));
    }

    // FakeEngine gives channels in g a step of 1/8192 and every other one a step of 1/4096.
    private static void AssertFactor(string name, string unit, int source, double sensorStep, int modelSteps)
    {
        var map = ChannelMap.ForModel(FakeEngine.Model("acc_x," + name, "g," + unit), Scale);
        double expected = sensorStep * (unit == "g" ? modelSteps : 4096) * (1 << 16);
        Assert.Equal(source, map.Sources[1]);
        Assert.Equal(expected, map.Factors[1], expected * Tolerance);
    }
}
