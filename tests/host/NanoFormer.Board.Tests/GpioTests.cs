using System.Device.Gpio;

namespace NanoFormer.Board.Tests;

public sealed class GpioTests : IDisposable
{
    private readonly VirtualClock _clock = new();
    private readonly SimulatedGpioDriver _driver;
    private readonly GpioController _controller;

    public GpioTests()
    {
        _driver = new SimulatedGpioDriver(_clock);
        _controller = new GpioController(_driver);
    }

    public void Dispose() => _controller.Dispose();

    [Fact]
    public void An_input_reads_what_a_chip_drives()
    {
        var pin = _controller.OpenPin(7, PinMode.Input);
        Assert.Equal(PinValue.Low, pin.Read());
        _driver.Drive(7, PinDrive.High);
        Assert.Equal(PinValue.High, pin.Read());
        _driver.Drive(7, PinDrive.Released);
        Assert.Equal(PinValue.Low, pin.Read());
        pin.SetPinMode(PinMode.InputPullUp);
        Assert.Equal(PinValue.High, pin.Read());
    }

    [Fact]
    public void Callbacks_run_on_their_edges_only_until_they_are_removed()
    {
        int rising = 0;
        int both = 0;
        void OnRising(object sender, PinValueChangedEventArgs edge) => rising++;
        void OnBoth(object sender, PinValueChangedEventArgs edge) => both++;

        _controller.OpenPin(7, PinMode.Input);
        _controller.RegisterCallbackForPinValueChangedEvent(7, PinEventTypes.Rising, OnRising);
        _controller.RegisterCallbackForPinValueChangedEvent(7, PinEventTypes.Rising | PinEventTypes.Falling, OnBoth);
        foreach (var drive in new[] { PinDrive.High, PinDrive.High, PinDrive.Low, PinDrive.High })
        {
            _driver.Drive(7, drive);
        }

        _controller.UnregisterCallbackForPinValueChangedEvent(7, OnRising);
        _driver.Drive(7, PinDrive.Low);
        _driver.Drive(7, PinDrive.High);
        Assert.Equal((2, 5), (rising, both));
    }

    [Fact]
    public void Outputs_can_be_watched_from_the_board()
    {
        var seen = new List<(int, PinValue)>();
        _driver.LevelChanged += (number, level) => seen.Add((number, level));
        var marker = _controller.OpenPin(9, PinMode.Output);
        marker.Write(PinValue.High);
        marker.Toggle();
        Assert.Equal([(9, PinValue.High), (9, PinValue.Low)], seen);
    }

    [Fact]
    public void A_stuck_wire_ignores_its_driver()
    {
        var pin = _controller.OpenPin(7, PinMode.Input);
        _driver.Force(7, PinValue.High);
        _driver.Drive(7, PinDrive.Low);
        Assert.Equal(PinValue.High, pin.Read());
        _driver.Force(7, null);
        Assert.Equal(PinValue.Low, pin.Read());
    }

    [Fact]
    public void Waiting_for_an_edge_lets_virtual_time_run()
    {
        _controller.OpenPin(7, PinMode.Input);
        _clock.Schedule(2_000_000, () => _driver.Drive(7, PinDrive.High));
        _clock.Schedule(3_000_000, () => Assert.Fail("too far"));
        var result = _controller.WaitForEvent(7, PinEventTypes.Rising, CancellationToken.None);
        Assert.Equal((PinEventTypes.Rising, false), (result.EventTypes, result.TimedOut));
        Assert.Equal(2_000_000, _clock.Microseconds);
    }

    [Fact]
    public void Waiting_ends_when_nothing_can_happen_any_more()
    {
        _controller.OpenPin(7, PinMode.Input);
        Assert.True(_controller.WaitForEvent(7, PinEventTypes.Rising, CancellationToken.None).TimedOut);
    }

    [Fact]
    public void The_pin_count_is_the_drivers() => Assert.Equal(64, _controller.PinCount);

    [Fact]
    public void Pad_that_the_RTC_has_reads_low_until_its_mode_is_set()
    {
        var pins = new SimulatedGpioDriver(new VirtualClock());
        using var controller = new GpioController(pins);
        controller.OpenPin(4, PinMode.Input);
        pins.Drive(4, PinDrive.High);

        pins.GiveToRtc(4);
        Assert.Equal(PinValue.Low, controller.Read(4));
        Assert.Equal(PinValue.High, pins.Level(4));

        controller.SetPinMode(4, PinMode.Input);
        Assert.Equal(PinValue.High, controller.Read(4));
    }
}
