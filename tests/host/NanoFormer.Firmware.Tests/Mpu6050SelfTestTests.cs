using NanoFormer.Board;
using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Sensors;

namespace NanoFormer.Firmware.Tests;

public class Mpu6050SelfTestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(31)]
    public void A_chip_that_answers_as_in_the_factory_passes_whatever_its_codes(int code)
    {
        var test = new SensorSelfTest { AccelCodes = [code, code, code], GyroCodes = [code, code, code] };
        var (status, worst) = Test(Mpu6050Options.Ideal with { SelfTest = test });
        Assert.Equal(SensorStatus.Ok, status);
        Assert.InRange(worst, 0, 2); // the steps of the output
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void An_axis_that_changed_by_more_than_14_percent_fails(int axis)
    {
        foreach (double ageing in (double[])[0.87, 0.85, 1.13, 1.15, 0])
        {
            var expected = Math.Abs(ageing - 1) < 0.14 ? SensorStatus.Ok : SensorStatus.SelfTestFailed;
            double[] all = Enumerable.Range(0, 6).Select(i => i == axis ? ageing : 1).ToArray();
            var (status, worst) = Test(Mpu6050Options.Ideal with { SelfTest = new SensorSelfTest { Ageing = all } });
            Assert.Equal(expected, status);
            Assert.InRange(worst, Math.Abs(ageing - 1) * 1000 - 3, Math.Abs(ageing - 1) * 1000 + 3);
        }
    }

    [Fact]
    public void Noise_and_offsets_do_not_matter() => Assert.Equal(SensorStatus.Ok, Test(new Mpu6050Options()).Status);

    [Fact]
    public void A_clone_and_a_chip_without_codes_are_not_judged()
    {
        Assert.Equal(SensorStatus.NotSupported, Test(Mpu6050Options.Ideal with { WhoAmI = 0x70 }).Status);
        var codeless = new SensorSelfTest { GyroCodes = [12, 0, 18] };
        Assert.Equal(SensorStatus.NotSupported, Test(Mpu6050Options.Ideal with { SelfTest = codeless }).Status);
    }

    private static (SensorStatus Status, int Worst) Test(Mpu6050Options options)
    {
        using var device = new BoardDevice(options);
        var sensor = new Sensors.Mpu6050(device.Bus, device, 100);
        Assert.Equal(SensorStatus.Ok, sensor.Identify());
        Assert.Equal(SensorStatus.Ok, sensor.Configure());
        return (sensor.SelfTest(out int worst), worst);
    }
}
