using System.Buffers.Binary;
using System.Numerics;
using static NanoFormer.Board.Lsm6dsoRegisters;

namespace NanoFormer.Board;

/// <summary>
/// Register-level model of ST's LSM6DSO (DS12140, AN5192) on a virtual clock: output rates, ranges, low-pass, wake-up by the difference of
/// samples, FIFO with tags, interrupt pin and the pages of the embedded functions as memory. Not modelled: compression, the state machines,
/// taps, free fall, the sensor hub, self-test and SPI.
/// </summary>
public sealed class Lsm6dso : ISimulatedSensor
{
    /// <summary>I2C address with SA0 low.</summary>
    public const int Address = 0x6A;

    /// <summary>Noise of the part by its data sheet: 70 ug and 3.8 thousandths of a degree per second per root Hz.</summary>
    public static Mpu6050Options Typical { get; } = new() { AccelNoiseDensity = 70e-6, GyroNoiseDensity = 3.8e-3 };

    private const byte Identity = 0x6C;
    private const int StepsPerSample = 8; // of the front end
    private const int GyroTag = 1;
    private const int AccelTag = 2;
    private const int AxisCount = 3;

    // Rates of ODR 1 to 10 in Hz; 11 is 1.6 Hz of the accelerometer in low power.
    private static readonly double[] RateHertz = [0, 12.5, 26, 52, 104, 208, 416, 833, 1666, 3332, 6664, 1.6];
    private static readonly double[] AccelRangeG = [2, 16, 4, 8];
    private static readonly double[] GyroStepMilliDegrees = [8.75, 17.5, 35, 70];

    private readonly VirtualClock _clock;
    private readonly Mpu6050Options _options;
    private readonly SensorFrontEnd _frontEnd;
    private readonly SampleTimer _timer;
    private readonly TaggedFifo _fifo = new();
    private readonly byte[] _registers = new byte[128];
    private readonly byte[] _embedded = new byte[128];
    private readonly byte[] _pages = new byte[16 * 256];
    private readonly byte[] _output = new byte[14]; // temperature, rotation, acceleration: as they stand from 0x20 on

    private Vector3? _previous;
    private int _steps;
    private int _slot;
    private int _shownCount;
    private byte _pointer;
    private bool _expectsPointer;

    /// <summary>Powers a chip up on a clock, exposed to a motion; it starts in power-down, as the chip does.</summary>
    public Lsm6dso(VirtualClock clock, IMotionSource motion, Mpu6050Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clock = clock;
        _options = options;
        _frontEnd = new SensorFrontEnd(motion, options, StepsPerSample * RateHertz[4]);
        _timer = new SampleTimer(clock, options.Oscillator, options.Seed + 1, Tick);
        IsPresent = true;
        Reset();
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

    private bool IsEmbeddedBank => (_registers[FUNC_CFG_ACCESS] & 0x80) != 0;

    // AN5192: BDU holds for the FIFO's status too, of which FIFO_STATUS1 is read first.
    private bool IsBlockUpdate => (_registers[CTRL3_C] & 0x40) != 0;

    private int AccelRate => _registers[CTRL1_XL] >> 4;

    private int GyroRate => _registers[CTRL2_G] >> 4;

    /// <inheritdoc/>
    public void Unplug()
    {
        IsPresent = false;
        Drive(PinDrive.Released);
        Restart();
    }

    /// <inheritdoc/>
    public void PlugIn()
    {
        IsPresent = true;
        Array.Clear(_pages);
        Reset();
    }

    /// <inheritdoc/>
    public void Start(bool forReading)
    {
        _expectsPointer = !forReading;
        if (forReading && _pointer == FIFO_DATA_OUT_TAG)
        {
            _fifo.BeginWord();
        }
    }

    /// <inheritdoc/>
    public void Stop()
    {
    }

    /// <inheritdoc/>
    public void Write(byte value)
    {
        if (_expectsPointer)
        {
            _pointer = (byte)(value & 0x7F);
            _expectsPointer = false;
            return;
        }

        WriteRegister(_pointer, value);
        Advance();
    }

    /// <inheritdoc/>
    public byte Read()
    {
        byte value = ReadRegister(_pointer);
        Advance();
        return value;
    }

    // IF_INC; a burst of FIFO words goes round.
    private void Advance()
    {
        if ((_registers[CTRL3_C] & 0x04) != 0)
        {
            _pointer = _pointer == FIFO_DATA_OUT_Z_H ? FIFO_DATA_OUT_TAG : (byte)((_pointer + 1) & 0x7F);
        }
    }

    // ---------------------------------------------------------------- registers

    private byte ReadRegister(byte register)
    {
        if (register == FUNC_CFG_ACCESS)
        {
            return _registers[register];
        }

        if (IsEmbeddedBank)
        {
            return register == PAGE_VALUE && (_embedded[PAGE_RW] & 0x20) != 0 ? _pages[PagePointer()] : _embedded[register];
        }

        switch (register)
        {
            case WHO_AM_I:
                return Identity;
            case FIFO_STATUS1:
                _shownCount = _fifo.Count;
                return (byte)_shownCount;
            case FIFO_STATUS2:
                return (byte)(((IsBlockUpdate ? _shownCount : _fifo.Count) >> 8) | (_fifo.HasOverrun ? 0x48 : 0));
            case WAKE_UP_SRC or ALL_INT_SRC:
                return ReadWakeUp(register);
            case >= OUT_TEMP_L and < OUT_TEMP_L + 14:
                return _output[register - OUT_TEMP_L];
            case >= FIFO_DATA_OUT_TAG and <= FIFO_DATA_OUT_Z_H:
                return _fifo.Read();
            default:
                return _registers[register];
        }
    }

    // Latched (LIR), reading clears; else the flag is that of the last sample.
    private byte ReadWakeUp(byte register)
    {
        byte source = _registers[WAKE_UP_SRC];
        if ((_registers[TAP_CFG0] & 0x01) != 0)
        {
            _registers[WAKE_UP_SRC] = 0;
            Drive(PinDrive.Low);
        }

        return register == WAKE_UP_SRC ? source : (byte)((source & 0x08) >> 2);
    }

    private void WriteRegister(byte register, byte value)
    {
        if (register == FUNC_CFG_ACCESS)
        {
            _registers[register] = value;
            return;
        }

        if (IsEmbeddedBank)
        {
            WriteEmbedded(register, value);
            return;
        }

        if (register is WHO_AM_I or ALL_INT_SRC or WAKE_UP_SRC or STATUS_REG or FIFO_STATUS1 or FIFO_STATUS2
            or (>= OUT_TEMP_L and < OUT_TEMP_L + 14) or >= FIFO_DATA_OUT_TAG)
        {
            return;
        }

        _registers[register] = value;
        switch (register)
        {
            case CTRL3_C when (value & 0x01) != 0:
                Reset();
                break;
            case CTRL1_XL or CTRL2_G or CTRL6_C:
                Restart();
                break;
            case FIFO_CTRL4 when (value & 7) == 0:
                _fifo.Clear();
                break;
            case MD1_CFG:
                RouteWakeUp();
                break;
            default:
                break;
        }
    }

    private void WriteEmbedded(byte register, byte value)
    {
        _embedded[register] = value;
        if (register == PAGE_VALUE && (_embedded[PAGE_RW] & 0x40) != 0)
        {
            _pages[PagePointer()] = value;
            _embedded[PAGE_ADDRESS]++;
        }
    }

    private int PagePointer() => ((_embedded[PAGE_SEL] >> 4) * 256) + _embedded[PAGE_ADDRESS];

    // SW_RESET leaves the pages of the embedded functions, a loss of power does not.
    private void Reset()
    {
        Array.Clear(_registers);
        Array.Clear(_embedded);
        Array.Clear(_output);
        _registers[CTRL3_C] = 0x04;
        _registers[CTRL9_XL] = 0xE0;
        _embedded[PAGE_SEL] = 0x01;
        _fifo.Clear();
        Drive(PinDrive.Low);
        Restart();
    }

    // ---------------------------------------------------------------- sampling

    private void Restart()
    {
        UpdatePowerMode();
        _frontEnd.SetBandwidth(AccelBandwidth(), GyroBandwidth());
        int rate = Math.Max(AccelRate, GyroRate);
        double period = !IsPresent || rate == 0 || rate >= RateHertz.Length ? 0 : 1e6 / RateHertz[rate];
        if (_timer.Run(IsLowPower ? period : period / StepsPerSample))
        {
            _frontEnd.Reset();
            _previous = null;
            _steps = 0;
        }
    }

    private bool IsLowPower => GyroRate == 0 && (_registers[CTRL6_C] & 0x10) != 0;

    // LPF1 is half the rate; LPF2_XL_EN with HPCF_XL = 0 a quarter.
    private double AccelBandwidth() => RateHertz[Math.Min(AccelRate, 10)] / ((_registers[CTRL1_XL] & 0x02) != 0 ? 4 : 2);

    private double GyroBandwidth() => RateHertz[Math.Min(GyroRate, 10)] / 3;

    private void Tick()
    {
        byte standby = GyroRate == 0 ? Mpu6050Registers.StandbyGyroAll : (byte)0;
        if (IsLowPower)
        {
            _frontEnd.WakeUpSample(_clock.Seconds, standby);
        }
        else
        {
            _frontEnd.Step(_clock.Seconds, standby);
            if (++_steps < StepsPerSample)
            {
                return;
            }
        }

        _steps = 0;
        TakeSample();
    }

    private void TakeSample()
    {
        Measure();
        DetectWakeUp();
        if (PowerMode == SensorPowerMode.AccelAndGyro)
        {
            SampleMade?.Invoke();
        }

        if ((_registers[FIFO_CTRL4] & 7) != 6)
        {
            return;
        }

        // Batch rates other than the output rate are not modelled.
        _slot++;
        if (_registers[FIFO_CTRL3] >> 4 == GyroRate && GyroRate != 0)
        {
            _fifo.Write(GyroTag, _slot, _output.AsSpan(2, 2 * AxisCount));
        }

        if ((_registers[FIFO_CTRL3] & 15) == AccelRate && AccelRate != 0)
        {
            _fifo.Write(AccelTag, _slot, _output.AsSpan(8, 2 * AxisCount));
        }
    }

    private void Measure()
    {
        if (Freeze == SensorFreeze.Zeros)
        {
            Array.Clear(_output);
        }

        if (Freeze is SensorFreeze.Zeros or SensorFreeze.Values)
        {
            return;
        }

        Put(0, (_options.TemperatureCelsius - 25) * 256);
        double gyroStep = GyroStepMilliDegrees[(_registers[CTRL2_G] >> 2) & 3] / 1000;
        double accelStep = AccelRangeG[(_registers[CTRL1_XL] >> 2) & 3] / 32768;
        for (int axis = 0; axis < AxisCount; axis++)
        {
            Put(2 + (2 * axis), _frontEnd.AngularRate[axis] / gyroStep);
            if (axis != 0 || Freeze != SensorFreeze.Axis)
            {
                Put(8 + (2 * axis), _frontEnd.Acceleration[axis] / accelStep);
            }
        }
    }

    private void Put(int at, double steps) =>
        BinaryPrimitives.WriteInt16LittleEndian(_output.AsSpan(at), (short)Math.Clamp(Math.Round(steps), short.MinValue, short.MaxValue));

    // The slope filter: half the difference of two samples; a step of the threshold is a 64th of the range, or a 256th (WAKE_THS_W).
    private void DetectWakeUp()
    {
        var now = _frontEnd.Acceleration;
        var previous = _previous;
        _previous = now;
        if (previous is not { } last || (_registers[TAP_CFG2] & 0x80) == 0 || !_options.HasMotionDetection)
        {
            return;
        }

        double range = AccelRangeG[(_registers[CTRL1_XL] >> 2) & 3];
        double step = range / ((_registers[WAKE_UP_DUR] & 0x10) != 0 ? 256 : 64);
        double threshold = (_registers[WAKE_UP_THS] & 0x3F) * step;
        int moved = 0;
        for (int axis = 0; axis < AxisCount; axis++)
        {
            moved |= Math.Abs(now[axis] - last[axis]) / 2 > threshold ? 4 >> axis : 0;
        }

        bool isLatched = (_registers[TAP_CFG0] & 0x01) != 0;
        if (moved != 0)
        {
            _registers[WAKE_UP_SRC] |= (byte)(moved | 0x08);
        }
        else if (!isLatched)
        {
            _registers[WAKE_UP_SRC] = 0;
        }

        RouteWakeUp();
    }

    private void RouteWakeUp()
    {
        bool isUp = (_registers[MD1_CFG] & 0x20) != 0 && (_registers[WAKE_UP_SRC] & 0x08) != 0;
        Drive(isUp ? PinDrive.High : PinDrive.Low);
    }

    private void Drive(PinDrive drive)
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
        var mode = !IsPresent ? SensorPowerMode.Off
            : GyroRate != 0 ? SensorPowerMode.AccelAndGyro
            : AccelRate == 0 ? SensorPowerMode.Sleep
            : IsLowPower ? SensorPowerMode.AccelLowPower
            : SensorPowerMode.AccelOnly;
        if (mode != PowerMode)
        {
            PowerMode = mode;
            PowerModeChanged?.Invoke(mode);
        }
    }
}
