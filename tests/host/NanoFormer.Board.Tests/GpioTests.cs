using System.Device.Gpio;

namespace NanoFormer.Board.Tests;

public sealed class GpioTests : IDisposable
{
    private readonly VirtualClock clock = new();
    private readonly SimulatedGpioDriver driver;
    private readonly GpioController controller;

    public GpioTests()
    {
        driver = new SimulatedGpioDriver(clock);
        controller = new GpioController(driver);
    }

    public void Dispose() => controller.Dispose();

    [Fact]
    public void An_input_reads_what_a_chip_drives()
    {
        var pin = controller.OpenPin(7, PinMode.Input);
        Assert.Equal(PinValue.Low, pin.Read());
        driver.Drive(7, PinDrive.High);
        Assert.Equal(PinValue.High, pin.Read());
        driver.Drive(7, PinDrive.Released);
        Assert.Equal(PinValue.Low, pin.Read());
        pin.SetPinMode(PinMode.InputPullUp);
        Assert.Equal(PinValue.High, pin.Read());
    }

    [Fact]
    public void Callbacks_run_on_their_edges_only_until_they_are_removed()
    {
        var rising = 0;
        var both = 0;
        void OnRising(object sender, PinValueChangedEventArgs edge) => rising++;
        void OnBoth(object sender, PinValueChangedEventArgs edge) => both++;

        controller.OpenPin(7, PinMode.Input);
        controller.RegisterCallbackForPinValueChangedEvent(7, PinEventTypes.Rising, OnRising);
        controller.RegisterCallbackForPinValueChangedEvent(7, PinEventTypes.Rising | PinEventTypes.Falling, OnBoth);
        foreach (var drive in new[] { PinDrive.High, PinDrive.High, PinDrive.Low, PinDrive.High })
        {
            driver.Drive(7, drive);
        }

        controller.UnregisterCallbackForPinValueChangedEvent(7, OnRising);
        driver.Drive(7, PinDrive.Low);
        driver.Drive(7, PinDrive.High);
        Assert.Equal((2, 5), (rising, both));
    }

    [Fact]
    public void Outputs_can_be_watched_from_the_board()
    {
        var seen = new List<(int, PinValue)>();
        driver.LevelChanged += (number, level) => seen.Add((number, level));
        var marker = controller.OpenPin(9, PinMode.Output);
        marker.Write(PinValue.High);
        marker.Toggle();
        Assert.Equal([(9, PinValue.High), (9, PinValue.Low)], seen);
    }

    [Fact]
    public void A_stuck_wire_ignores_its_driver()
    {
        var pin = controller.OpenPin(7, PinMode.Input);
        driver.Force(7, PinValue.High);
        driver.Drive(7, PinDrive.Low);
        Assert.Equal(PinValue.High, pin.Read());
        driver.Force(7, null);
        Assert.Equal(PinValue.Low, pin.Read());
    }

    [Fact]
    public void Waiting_for_an_edge_lets_virtual_time_run()
    {
        controller.OpenPin(7, PinMode.Input);
        clock.Schedule(2_000_000, () => driver.Drive(7, PinDrive.High));
        clock.Schedule(3_000_000, () => Assert.Fail("too far"));
        var result = controller.WaitForEvent(7, PinEventTypes.Rising, CancellationToken.None);
        Assert.Equal((PinEventTypes.Rising, false), (result.EventTypes, result.TimedOut));
        Assert.Equal(2_000_000, clock.Microseconds);
    }

    [Fact]
    public void Waiting_ends_when_nothing_can_happen_any_more()
    {
        controller.OpenPin(7, PinMode.Input);
        Assert.True(controller.WaitForEvent(7, PinEventTypes.Rising, CancellationToken.None).TimedOut);
    }

    [Fact]
    public void The_pin_count_is_the_drivers() => Assert.Equal(64, controller.PinCount);
}
