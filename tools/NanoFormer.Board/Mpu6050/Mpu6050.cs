using static NanoFormer.Board.Mpu6050Registers;

namespace NanoFormer.Board;

/// <summary>
/// Register-level model of the MPU-6050, and of the parts that share its registers (<see cref="ChipFamily"/>), on a virtual clock: power modes, sampling, digital low-pass, motion detection, FIFO and
/// interrupt pin. Not modelled: free fall, zero motion, the auxiliary I2C master and the DMP.
/// <code>
/// motion -> SensorFrontEnd (bias, noise, DLPF; 1 kHz) -> MotionDetector -> INT_STATUS -> InterruptOutput -> pin
///                                    | every 1 + SMPLRT_DIV ticks
///                                    +-> data registers, SensorFifo, DATA_RDY
/// </code>
/// </summary>
public sealed class Mpu6050 : ISimulatedSensor
{
    private const double InternalMicroseconds = 1000;
    private const int FastTicksPerStep = 8;

    private static readonly double[] WakeUpMicroseconds = [800_000, 200_000, 50_000, 25_000];

    // LP_ACCEL_ODR of the MPU6500 family, 0 to 11, in Hz.
    private static readonly double[] LowPowerHertz = [0.24, 0.49, 0.98, 1.95, 3.91, 7.81, 15.63, 31.25, 62.5, 125, 250, 500];

    private readonly VirtualClock _clock;
    private readonly Mpu6050Options _options;
    private readonly ChipFamily _family;
    private readonly SensorFrontEnd _frontEnd;
    private readonly MotionDetector _motionDetector;
    private readonly InterruptOutput _interrupt;
    private readonly DifferenceDetector _differenceDetector = new();
    private readonly SensorFifo _fifo;
    private readonly SampleTimer _timer;
    private readonly byte[] _registers = new byte[Count];
    private readonly SampleBlock _latest;

    private int _ticksSinceStep;
    private int _ticksSinceSample;

    private byte _pointer;
    private bool _expectsPointer;
    private bool _transferring;
    private byte? _latchedFifoCountLow;

    /// <summary>Powers a chip up on a clock, exposed to a motion; it starts asleep, as the chip does.</summary>
    public Mpu6050(VirtualClock clock, IMotionSource motion, Mpu6050Options options)
    {
        _clock = clock;
        _options = options;
        _family = ChipFamily.Of(options.WhoAmI);
        _fifo = new SensorFifo(_family.FifoBytes);
        _latest = new SampleBlock(_family.TemperatureZeroCelsius, _family.TemperatureStepsPerDegree);
        _frontEnd = new SensorFrontEnd(motion, options);
        _motionDetector = new MotionDetector(options.GPerThresholdStep);
        _interrupt = new InterruptOutput(clock, DrivePin);
        _timer = new SampleTimer(clock, options.Oscillator, options.Seed + 1, Tick);
        IsPresent = true;
        ResetRegisters();
    }

    /// <inheritdoc/>
    public event Action<PinDrive>? InterruptPinChanged;

    /// <inheritdoc/>
    public event Action<SensorPowerMode>? PowerModeChanged;

    /// <inheritdoc/>
    public event Action? SampleMade;

    /// <inheritdoc/>
    public PinDrive InterruptPin { get; private set; }

    /// <inheritdoc/>
    public SensorFreeze Freeze { get; set; }

    /// <inheritdoc/>
    public SensorPowerMode PowerMode { get; private set; }

    /// <inheritdoc/>
    public bool IsPresent { get; private set; }

    private bool IsCycling => (_registers[PowerManagement1] & PowerCycle) != 0;

    private byte Standby => (byte)(_registers[PowerManagement2] & (StandbyAccelAll | StandbyGyroAll));

    /// <inheritdoc/>
    public void Unplug()
    {
        IsPresent = false;
        _interrupt.Release();
        DrivePin(PinDrive.Released);
        Restart();
    }

    /// <inheritdoc/>
    public void PlugIn()
    {
        IsPresent = true;
        ResetRegisters();
    }

    /// <inheritdoc/>
    public void Start(bool forReading)
    {
        _transferring = true;
        _expectsPointer = !forReading;
    }

    /// <inheritdoc/>
    public void Stop()
    {
        _transferring = false;
        _latest.CopyTo(_registers);
    }

    /// <inheritdoc/>
    public void Write(byte value)
    {
        if (_expectsPointer)
        {
            _pointer = (byte)(value % Count);
            _expectsPointer = false;
            return;
        }

        WriteRegister(_pointer, value);
        AdvancePointer();
    }

    /// <inheritdoc/>
    public byte Read()
    {
        byte value = ReadRegister(_pointer);
        AdvancePointer();
        if ((_registers[InterruptPinConfig] & PinClearOnAnyRead) != 0)
        {
            ClearInterruptStatus();
        }

        return value;
    }

    private void AdvancePointer()
    {
        if (_pointer != FifoReadWrite)
        {
            _pointer = (byte)((_pointer + 1) % Count);
        }
    }

    // ---------------------------------------------------------------- registers

    private byte ReadRegister(byte register)
    {
        switch (register)
        {
            case InterruptStatus:
                byte status = _registers[InterruptStatus];
                ClearInterruptStatus();
                return status;
            case MotionDetectStatus:
                byte motion = _motionDetector.Status;
                _motionDetector.ClearStatus();
                return motion;
            case FifoCountHigh:
                _latchedFifoCountLow = (byte)_fifo.Count;
                return (byte)(_fifo.Count >> 8);
            case FifoCountLow:
                byte low = _latchedFifoCountLow ?? (byte)_fifo.Count;
                _latchedFifoCountLow = null;
                return low;
            case FifoReadWrite:
                return IsFifoEnabled() ? _fifo.Read() : _fifo.LastRead;
            case WhoAmI:
                return _options.WhoAmI;
            default:
                return _registers[register];
        }
    }

    private void WriteRegister(byte register, byte value)
    {
        if (IsReadOnly(register))
        {
            return;
        }

        _registers[register] = value;
        switch (register)
        {
            case AccelConfig:
                _motionDetector.SetHighPass(value & AccelConfigHighPassMask);
                break;
            case Config:
                _frontEnd.SetBandwidth(value & ConfigLowPassMask);
                Restart();
                break;
            case InterruptPinConfig:
                _interrupt.Configure(value);
                break;
            case InterruptEnable:
                ReleaseUnlessPending();
                break;
            case SignalPathReset:
                _registers[SignalPathReset] = 0;
                _frontEnd.Reset();
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
                RaiseOnOverflow(_fifo.Write([value]));
                break;
            default:
                break;
        }
    }

    private static bool IsReadOnly(byte register) =>
        register is >= SelfTestX and <= SelfTestAccel or >= InterruptStatus and <= LastExternalSensorData or MotionDetectStatus
            or FifoCountHigh or FifoCountLow or WhoAmI;

    // FIFO_RESET is documented for FIFO_EN = 0, but chips in the field take it either way.
    private void WriteUserControl(byte value)
    {
        _registers[UserControl] = (byte)(value & ~UserSelfClearing);
        if ((value & UserFifoReset) != 0)
        {
            _fifo.Clear();
        }

        if ((value & UserSignalReset) != 0)
        {
            _frontEnd.Reset();
            _latest.Clear();
        }
    }

    private void ResetRegisters()
    {
        Array.Clear(_registers);
        _latest.Clear();
        _options.SelfTest.CodesTo(_registers);
        _registers[PowerManagement1] = PowerSleep;
        _fifo.Clear();
        _latchedFifoCountLow = null;
        _motionDetector.Reset();
        _differenceDetector.Reset();
        _frontEnd.SetBandwidth(0);
        _interrupt.Configure(0);
        _interrupt.Release();
        Restart();
    }

    // ---------------------------------------------------------------- sampling

    /// <summary>Takes up the sampling that the power registers ask for; a sampling already under way keeps its phase.</summary>
    private void Restart()
    {
        UpdatePowerMode();
        if (!_timer.Run(WantedTickMicroseconds()))
        {
            return;
        }

        _frontEnd.Reset();
        _ticksSinceStep = 0;
        _ticksSinceSample = 0;
    }

    private double WantedTickMicroseconds()
    {
        if (PowerMode is SensorPowerMode.Off or SensorPowerMode.Sleep)
        {
            return 0;
        }

        if (IsCycling)
        {
            return CycleMicroseconds();
        }

        return IsFast() ? InternalMicroseconds / FastTicksPerStep : InternalMicroseconds;
    }

    private double CycleMicroseconds() => _family.Motion switch
    {
        MotionLogic.HighPass => WakeUpMicroseconds[_registers[PowerManagement2] >> 6],
        MotionLogic.Difference => 1e6 / LowPowerHertz[Math.Min(_registers[LowPowerAccelRate], LowPowerHertz.Length - 1)],
        MotionLogic.DifferencePerAxis => InternalMicroseconds * (1 + _registers[SampleRateDivider]),
        _ => throw new InvalidOperationException($"The cycle of a chip with {_family.Motion} is not known."),
    };

    private bool IsFast() => (_registers[Config] & ConfigLowPassMask) is 0 or 7;

    private void Tick()
    {
        if (IsCycling)
        {
            _frontEnd.WakeUpSample(_clock.Seconds, (byte)(Standby | StandbyGyroAll));
            DetectMotion(_timer.PeriodMicroseconds);
            TakeSample();
            return;
        }

        if (++_ticksSinceStep >= (IsFast() ? FastTicksPerStep : 1))
        {
            _ticksSinceStep = 0;
            _frontEnd.Step(_clock.Seconds, Standby);
            DetectMotion(InternalMicroseconds);
        }

        if (++_ticksSinceSample > _registers[SampleRateDivider])
        {
            _ticksSinceSample = 0;
            TakeSample();
        }
    }

    private void DetectMotion(double sinceLastMicroseconds)
    {
        if (!_options.HasMotionDetection)
        {
            return;
        }

        if (_family.Motion != MotionLogic.HighPass)
        {
            DetectDifference();
            return;
        }

        bool detected = _motionDetector.Step(
            _frontEnd.Acceleration,
            _registers[AccelConfig] & AccelConfigHighPassMask,
            _registers[MotionThreshold],
            _registers[MotionDuration],
            _registers[MotionDetectControl],
            sinceLastMicroseconds * 1e-6);
        if (detected)
        {
            Raise(InterruptMotion);
        }
    }

    private void DetectDifference()
    {
        bool perAxis = _family.Motion == MotionLogic.DifferencePerAxis;
        byte common = _registers[MotionThreshold];
        int moved = _differenceDetector.Step(
            _frontEnd.Acceleration,
            _registers[MotionDetectControl],
            perAxis ? _registers.AsSpan(MotionThresholdX, 3) : [common, common, common]);
        if (moved != 0)
        {
            Raise(perAxis ? (byte)(moved << 5) : InterruptMotion);
        }
    }

    private void TakeSample()
    {
        Measure();

        // A burst read sees one instant: the readable copy stands still while the bus is busy.
        if (!_transferring)
        {
            _latest.CopyTo(_registers);
        }

        RaiseOnOverflow(IsFifoEnabled() && _latest.WritePacket(_fifo, SelectedForFifo()));
        Raise(InterruptDataReady);
        if (PowerMode == SensorPowerMode.AccelAndGyro)
        {
            SampleMade?.Invoke();
        }
    }

    private void Measure()
    {
        if (Freeze == SensorFreeze.Zeros)
        {
            _latest.Clear();
        }

        if (Freeze is SensorFreeze.Zeros or SensorFreeze.Values)
        {
            return;
        }

        var moved = _options.SelfTest;
        _latest.PutAcceleration(
            _frontEnd.Acceleration + moved.Acceleration(_registers[AccelConfig]),
            FullScale(AccelConfig),
            keepsX: Freeze == SensorFreeze.Axis);
        _latest.PutAngularRate(_frontEnd.AngularRate + moved.AngularRate(_registers[GyroConfig]), FullScale(GyroConfig));
        if ((_registers[PowerManagement1] & PowerTemperatureDisable) == 0)
        {
            _latest.PutTemperature(_options.TemperatureCelsius);
        }
    }

    private byte SelectedForFifo()
    {
        byte selected = _registers[FifoEnable];
        if (!_family.HasOneFifoBitEach)
        {
            return selected;
        }

        int gyro = (selected & FifoGyroAll) == 0 ? 0 : FifoTemperature | FifoGyroX | (FifoGyroX >> 1) | (FifoGyroX >> 2);
        return (byte)(gyro | ((selected & FifoAccel) == 0 ? 0 : FifoTemperature | FifoAccel));
    }

    private int FullScale(byte register) => (_registers[register] >> 3) & 3;

    private bool IsFifoEnabled() => (_registers[UserControl] & UserFifoEnable) != 0;

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
        _registers[InterruptStatus] |= cause;
        if ((_registers[InterruptEnable] & cause) != 0)
        {
            _interrupt.Assert();
        }
    }

    private void ClearInterruptStatus()
    {
        _registers[InterruptStatus] = 0;
        _interrupt.Clear();
    }

    private void ReleaseUnlessPending()
    {
        if ((_registers[InterruptStatus] & _registers[InterruptEnable]) == 0)
        {
            _interrupt.Clear();
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
        var mode = IsPresent ? PowerRegisters.Decode(_registers[PowerManagement1], _registers[PowerManagement2]) : SensorPowerMode.Off;
        if (mode != PowerMode)
        {
            PowerMode = mode;
            PowerModeChanged?.Invoke(mode);
        }
    }
}
