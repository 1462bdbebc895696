using System.Device.Gpio;

namespace NanoFormer.Board;

/// <summary>
/// A board on a table: a processor's pins, I2C bus and serial port, a motion sensor exposed to a motion with its INT on a pin, a clock and a
/// power ledger. Deterministic and single-threaded: the same motion, options and firmware give the same run.
/// <code>
/// motion -> sensor  -- I2C --> SimulatedI2cBus     -> I2cDevice
///               |---- INT --> SimulatedGpioDriver  -> GpioController      firmware
///                             SimulatedSerialPort  -> Stream
///           PowerLedger &lt;-- sensor modes, Compute and Sleep
/// </code>
/// </summary>
public sealed class SimulatedBoard : IDisposable
{
    /// <summary>Id of the I2C bus the sensor is on.</summary>
    public const int I2cBusId = 1;

    /// <summary>I2C address of an MPU-6050 (AD0 low).</summary>
    public const int SensorAddress = 0x68;

    /// <summary>Pin that the sensor's INT is wired to.</summary>
    public const int InterruptPin = 4;

    private readonly bool _sleepStopsSerial;
    private double _managedMicroseconds;

    /// <summary>Builds and powers a board; its sensor starts asleep.</summary>
    /// <exception cref="KeyNotFoundException">The options name an unknown board.</exception>
    public SimulatedBoard(IMotionSource motion, SimulatedBoardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(motion);
        options ??= new SimulatedBoardOptions();
        Motion = motion;
        Clock = new VirtualClock();
        Faults = options.Faults;
        Bus = new SimulatedI2cBus(Clock, I2cBusId, options.I2cBitsPerSecond);
        Pins = new SimulatedGpioDriver(Clock);
        Gpio = new GpioController(Pins);
        Serial = new SimulatedSerialPort(
            Clock, options.BaudRate, flipProbability: Faults.SerialFlipProbability, seed: Faults.Seed);
        var individual = FaultInjector.Applied(Faults, options.Sensor);
        Sensor = options.Part == SensorPart.Lsm6dso ? new Lsm6dso(Clock, motion, individual) : new Mpu6050(Clock, motion, individual);
        int lowAddress = options.Part == SensorPart.Lsm6dso ? Lsm6dso.Address : SensorAddress;
        Address = lowAddress + (options.IsAddressPinHigh ? 1 : 0);
        Power = new PowerLedger(Clock, PowerFigures.Shipped.Board(options.BoardId, options.Part), Sensor.PowerMode);

        Clock.BeforeAdvance = ChargeManaged;
        _sleepStopsSerial = options.Esp32 is { } traps && (traps & Esp32Traps.SuspendedUart) != 0;
        Esp32 = options.Esp32 is { } known ? new SimulatedEsp32(this, known) : null;

        Attach(Faults.HasOpenAddressPin ? lowAddress + 1 : Address, lowAddress);
        Pins.Drive(InterruptPin, Sensor.InterruptPin);
        Sensor.InterruptPinChanged += drive => Pins.Drive(InterruptPin, drive);
        Sensor.PowerModeChanged += Power.EnterSensor;
        FaultInjector.Arm(Faults, this);
    }

    /// <summary>The board's time.</summary>
    public VirtualClock Clock { get; }

    /// <summary>What the sensor is exposed to; its time is the clock's.</summary>
    public IMotionSource Motion { get; }

    /// <summary>The I2C bus; firmware opens the sensor with <c>Bus.CreateDevice(Address)</c>.</summary>
    public SimulatedI2cBus Bus { get; }

    /// <summary>The pins as firmware sees them.</summary>
    public GpioController Gpio { get; }

    /// <summary>The pins as the board sees them.</summary>
    public SimulatedGpioDriver Pins { get; }

    /// <summary>The serial port; listeners take <see cref="SimulatedSerialPort.ByteReceived"/>.</summary>
    public SimulatedSerialPort Serial { get; }

    /// <summary>The sensor.</summary>
    public ISimulatedSensor Sensor { get; }

    /// <summary>The I2C address at which firmware looks for it.</summary>
    public int Address { get; }

    /// <summary>Time in every power state, and what it costs.</summary>
    public PowerLedger Power { get; }

    /// <summary>The sleeps of the ESP32 on this board; null when it has another processor.</summary>
    public SimulatedEsp32? Esp32 { get; }

    /// <summary>Whether the processor stands still, so that it serves no interrupt.</summary>
    public bool IsStalled { get; internal set; }

    /// <summary>Instructions that the processor executes, by who causes them.</summary>
    public WorkLedger Work { get; } = new();

    /// <summary>What goes wrong on this board.</summary>
    public FaultPlan Faults { get; }

    /// <summary>The processor runs code for a number of microseconds, say an inference.</summary>
    public void Compute(long microseconds)
    {
        Power.EnterMcu(McuState.Run);
        Clock.Advance(microseconds);
    }

    /// <summary>
    /// The processor executes instructions of a kind, which takes it time. Interpreted managed code need not be told: it is booked by itself
    /// whenever time passes, where it is counted.
    /// </summary>
    /// <param name="kind">Whose they are.</param>
    /// <param name="instructions">How many.</param>
    /// <param name="cycles">Cycles they take; null where nobody knows better than the board's figure for compiled C.</param>
    public void Execute(WorkKind kind, long instructions, long? cycles = null)
    {
        Clock.Advance(0);
        Work.Book(kind, instructions);
        var board = Power.Board;
        Compute((long)Math.Ceiling(cycles is { } known ? board.Microseconds(known) : board.InstructionMicroseconds(instructions)));
    }

    /// <summary>An inference is over: what came since the last one, and what comes up to the next, are hops.</summary>
    public void EndHop()
    {
        Clock.Advance(0);
        Work.EndHop();
    }

    /// <summary>The processor sleeps for a number of microseconds, lightly unless told otherwise, and runs again.</summary>
    public void Sleep(long microseconds, McuState state = McuState.LightSleep)
    {
        FallAsleep(state);
        Clock.Advance(microseconds);
        WakeUp();
    }

    /// <summary>The processor sleeps, deeply unless told otherwise, until a pin stands at a level; at once when it does already.</summary>
    /// <returns>True when the pin woke it, false when the timeout in microseconds passed first.</returns>
    public bool SleepUntilPin(int pinNumber, PinValue level, long timeoutMicroseconds, McuState state = McuState.DeepSleep)
    {
        Work.BreakHop();
        FallAsleep(state);
        bool woken = Clock.AdvanceUntil(() => Pins.Level(pinNumber) == level, timeoutMicroseconds);
        WakeUp();
        return woken;
    }

    /// <summary>The processor sleeps lightly until a condition holds, looking at it after every event, or a time in microseconds has passed.</summary>
    public void Rest(Func<bool> condition, long timeoutMicroseconds)
    {
        FallAsleep(McuState.LightSleep);
        Clock.AdvanceUntil(condition, Math.Max(0, timeoutMicroseconds));
        WakeUp();
    }

    private void FallAsleep(McuState state)
    {
        Power.EnterMcu(state);
        if (_sleepStopsSerial)
        {
            Clock.Advance(0);
            Serial.Suspend();
        }
    }

    private void WakeUp()
    {
        Power.EnterMcu(McuState.Run);
        Serial.Resume();
    }

    private void Attach(int sensorAddress, int lowAddress)
    {
        if (!Faults.SharesAddress)
        {
            Bus.Attach(sensorAddress, Sensor);
            return;
        }

        var module = new ClockModule();
        if (sensorAddress == lowAddress)
        {
            Bus.Attach(lowAddress, new SharedChips(Sensor, module));
            return;
        }

        Bus.Attach(sensorAddress, Sensor);
        Bus.Attach(lowAddress, module);
    }

    // Whatever state the processor is about to wait in, it ran before.
    private void ChargeManaged()
    {
        _managedMicroseconds += Power.Board.InstructionMicroseconds(Work.BookManaged(ManagedFigures.Shipped));
        long whole = (long)_managedMicroseconds;
        if (whole == 0)
        {
            return;
        }

        _managedMicroseconds -= whole;
        var state = Power.Mcu;
        Power.EnterMcu(McuState.Run);
        Clock.Advance(whole);
        Power.EnterMcu(state);
    }

    /// <summary>Closes pins and port.</summary>
    public void Dispose()
    {
        Gpio.Dispose();
        Serial.Dispose();
        Bus.Dispose();
    }
}
