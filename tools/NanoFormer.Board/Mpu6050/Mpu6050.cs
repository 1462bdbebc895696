using static NanoFormer.Board.Mpu6050Registers;

namespace NanoFormer.Board;

/// <summary>
/// Register-level model of the MPU-6050 on a virtual clock: power modes, sampling, digital low-pass, motion detection, FIFO and
/// interrupt pin. Not modelled: free fall, zero motion, the auxiliary I2C master, self-test and the DMP.
/// <code>
/// motion -> SensorFrontEnd (bias, noise, DLPF; 1 kHz) -> MotionDetector -> INT_STATUS -> InterruptOutput -> pin
///                                    | every 1 + SMPLRT_DIV ticks
///                                    +-> data registers, SensorFifo, DATA_RDY
/// </code>
/// </summary>
public sealed class Mpu6050 : II2cChip
{
    private const double InternalMicroseconds = 1000;
    private const int FastTicksPerStep = 8;

    private static readonly double[] WakeUpMicroseconds = [800_000, 200_000, 50_000, 25_000];

    private readonly VirtualClock clock;
    private readonly Mpu6050Options options;
    private readonly SensorFrontEnd frontEnd;
    private readonly MotionDetector motionDetector;
    private readonly InterruptOutput interrupt;
    private readonly SensorFifo fifo = new();
    private readonly SampleTimer timer;
    private readonly byte[] registers = new byte[Count];
    private readonly SampleBlock latest = new();

    private int ticksSinceStep;
    private int ticksSinceSample;

    private byte pointer;
    private bool expectsPointer;
    private bool transferring;
    private byte? latchedFifoCountLow;

    /// <summary>Powers a chip up on a clock, exposed to a motion; it starts asleep, as the chip does.</summary>
    public Mpu6050(VirtualClock clock, IMotionSource motion, Mpu6050Options options)
    {
        this.clock = clock;
        this.options = options;
        frontEnd = new SensorFrontEnd(motion, options);
        motionDetector = new MotionDetector(options.GPerThresholdStep);
        interrupt = new InterruptOutput(clock, DrivePin);
        timer = new SampleTimer(clock, options.Oscillator, options.Seed + 1, Tick);
        IsPresent = true;
        ResetRegisters();
    }

    /// <summary>Raised when what the chip does to its interrupt pin changes.</summary>
    public event Action<PinDrive>? InterruptPinChanged;

    /// <summary>Raised when the power mode changes.</summary>
    public event Action<SensorPowerMode>? PowerModeChanged;

    /// <summary>What the chip does to its interrupt pin.</summary>
    public PinDrive InterruptPin { get; private set; }

    /// <summary>The present power mode.</summary>
    public SensorPowerMode PowerMode { get; private set; }

    /// <inheritdoc/>
    public bool IsPresent { get; private set; }

    private bool IsCycling => (registers[PowerManagement1] & PowerCycle) != 0;

    private byte Standby => (byte)(registers[PowerManagement2] & (StandbyAccelAll | StandbyGyroAll));

    /// <summary>Takes the chip's power away: it no longer answers, and its interrupt pin is released.</summary>
    public void Unplug()
    {
        IsPresent = false;
        interrupt.Release();
        DrivePin(PinDrive.Released);
        Restart();
    }

    /// <summary>Gives power back: the chip starts from its reset values.</summary>
    public void PlugIn()
    {
        IsPresent = true;
        ResetRegisters();
    }

    /// <inheritdoc/>
    public void Start(bool forReading)
    {
        transferring = true;
        expectsPointer = !forReading;
    }

    /// <inheritdoc/>
    public void Stop()
    {
        transferring = false;
        latest.CopyTo(registers);
    }

    /// <inheritdoc/>
    public void Write(byte value)
    {
        if (expectsPointer)
        {
            pointer = (byte)(value % Count);
            expectsPointer = false;
            return;
        }

        WriteRegister(pointer, value);
        AdvancePointer();
    }

    /// <inheritdoc/>
    public byte Read()
    {
        var value = ReadRegister(pointer);
        AdvancePointer();
        if ((registers[InterruptPinConfig] & PinClearOnAnyRead) != 0)
        {
            ClearInterruptStatus();
        }

        return value;
    }

    private void AdvancePointer()
    {
        if (pointer != FifoReadWrite)
        {
            pointer = (byte)((pointer + 1) % Count);
        }
    }

    // ---------------------------------------------------------------- registers

    private byte ReadRegister(byte register)
    {
        switch (register)
        {
            case InterruptStatus:
                var status = registers[InterruptStatus];
                ClearInterruptStatus();
                return status;
            case MotionDetectStatus:
                var motion = motionDetector.Status;
                motionDetector.ClearStatus();
                return motion;
            case FifoCountHigh:
                latchedFifoCountLow = (byte)fifo.Count;
                return (byte)(fifo.Count >> 8);
            case FifoCountLow:
                var low = latchedFifoCountLow ?? (byte)fifo.Count;
                latchedFifoCountLow = null;
                return low;
            case FifoReadWrite:
                return IsFifoEnabled() ? fifo.Read() : fifo.LastRead;
            case WhoAmI:
                return options.WhoAmI;
            default:
                return registers[register];
        }
    }

    private void WriteRegister(byte register, byte value)
    {
        if (IsReadOnly(register))
        {
            return;
        }

        registers[register] = value;
        switch (register)
        {
            case AccelConfig:
                motionDetector.SetHighPass(value & AccelConfigHighPassMask);
                break;
            case Config:
                frontEnd.SetBandwidth(value & ConfigLowPassMask);
                Restart();
                break;
            case InterruptPinConfig:
                interrupt.Configure(value);
                break;
            case InterruptEnable:
                ReleaseUnlessPending();
                break;
            case SignalPathReset:
                registers[SignalPathReset] = 0;
                frontEnd.Reset();
                break;
            case UserControl:
                WriteUserControl(value);
                break;
            case PowerManagement1 when (value & PowerReset) != 0:
                ResetRegisters();
                break;
            case PowerManagement1 or PowerManagement2:
                Restart();
                break;
            case FifoReadWrite:
                RaiseOnOverflow(fifo.Write([value]));
                break;
            default:
                break;
        }
    }

    private static bool IsReadOnly(byte register) =>
        register is >= InterruptStatus and <= LastExternalSensorData or MotionDetectStatus
            or FifoCountHigh or FifoCountLow or WhoAmI;

    // FIFO_RESET is documented for FIFO_EN = 0, but chips in the field take it either way.
    private void WriteUserControl(byte value)
    {
        registers[UserControl] = (byte)(value & ~UserSelfClearing);
        if ((value & UserFifoReset) != 0)
        {
            fifo.Clear();
        }

        if ((value & UserSignalReset) != 0)
        {
            frontEnd.Reset();
            latest.Clear();
        }
    }

    private void ResetRegisters()
    {
        Array.Clear(registers);
        latest.Clear();
        registers[PowerManagement1] = PowerSleep;
        fifo.Clear();
        latchedFifoCountLow = null;
        motionDetector.Reset();
        frontEnd.SetBandwidth(0);
        interrupt.Configure(0);
        interrupt.Release();
        Restart();
    }

    // ---------------------------------------------------------------- sampling

    /// <summary>Takes up the sampling that the power registers ask for; a sampling already under way keeps its phase.</summary>
    private void Restart()
    {
        UpdatePowerMode();
        if (!timer.Run(WantedTickMicroseconds()))
        {
            return;
        }

        frontEnd.Reset();
        ticksSinceStep = 0;
        ticksSinceSample = 0;
    }

    private double WantedTickMicroseconds()
    {
        if (PowerMode is SensorPowerMode.Off or SensorPowerMode.Sleep)
        {
            return 0;
        }

        if (IsCycling)
        {
            return WakeUpMicroseconds[registers[PowerManagement2] >> 6];
        }

        return IsFast() ? InternalMicroseconds / FastTicksPerStep : InternalMicroseconds;
    }

    private bool IsFast() => (registers[Config] & ConfigLowPassMask) is 0 or 7;

    private void Tick()
    {
        if (IsCycling)
        {
            frontEnd.WakeUpSample(clock.Seconds, (byte)(Standby | StandbyGyroAll));
            DetectMotion(timer.PeriodMicroseconds);
            TakeSample();
            return;
        }

        if (++ticksSinceStep >= (IsFast() ? FastTicksPerStep : 1))
        {
            ticksSinceStep = 0;
            frontEnd.Step(clock.Seconds, Standby);
            DetectMotion(InternalMicroseconds);
        }

        if (++ticksSinceSample > registers[SampleRateDivider])
        {
            ticksSinceSample = 0;
            TakeSample();
        }
    }

    private void DetectMotion(double sinceLastMicroseconds)
    {
        if (!options.HasMotionDetection)
        {
            return;
        }

        var detected = motionDetector.Step(
            frontEnd.Acceleration,
            registers[AccelConfig] & AccelConfigHighPassMask,
            registers[MotionThreshold],
            registers[MotionDuration],
            registers[MotionDetectControl],
            sinceLastMicroseconds * 1e-6);
        if (detected)
        {
            Raise(InterruptMotion);
        }
    }

    private void TakeSample()
    {
        latest.PutAcceleration(frontEnd.Acceleration, FullScale(AccelConfig));
        latest.PutAngularRate(frontEnd.AngularRate, FullScale(GyroConfig));
        if ((registers[PowerManagement1] & PowerTemperatureDisable) == 0)
        {
            latest.PutTemperature(options.TemperatureCelsius);
        }

        // A burst read sees one instant: the readable copy stands still while the bus is busy.
        if (!transferring)
        {
            latest.CopyTo(registers);
        }

        RaiseOnOverflow(IsFifoEnabled() && latest.WritePacket(fifo, registers[FifoEnable]));
        Raise(InterruptDataReady);
    }

    private int FullScale(byte register) => (registers[register] >> 3) & 3;

    private bool IsFifoEnabled() => (registers[UserControl] & UserFifoEnable) != 0;

    private void RaiseOnOverflow(bool overflow)
    {
        if (overflow)
        {
            Raise(InterruptFifoOverflow);
        }
    }

    // ---------------------------------------------------------------- interrupts and power

    private void Raise(byte cause)
    {
        registers[InterruptStatus] |= cause;
        if ((registers[InterruptEnable] & cause) != 0)
        {
            interrupt.Assert();
        }
    }

    private void ClearInterruptStatus()
    {
        registers[InterruptStatus] = 0;
        interrupt.Clear();
    }

    private void ReleaseUnlessPending()
    {
        if ((registers[InterruptStatus] & registers[InterruptEnable]) == 0)
        {
            interrupt.Clear();
        }
    }

    private void DrivePin(PinDrive drive)
    {
        if (!IsPresent && drive != PinDrive.Released)
        {
            return;
        }

        if (drive != InterruptPin)
        {
            InterruptPin = drive;
            InterruptPinChanged?.Invoke(drive);
        }
    }

    private void UpdatePowerMode()
    {
        var mode = IsPresent ? PowerRegisters.Decode(registers[PowerManagement1], registers[PowerManagement2]) : SensorPowerMode.Off;
        if (mode != PowerMode)
        {
            PowerMode = mode;
            PowerModeChanged?.Invoke(mode);
        }
    }
}
