using System.Device.I2c;

namespace NanoFormer.Board;

/// <summary>
/// An I2C bus with chips at addresses. A byte and its acknowledge take nine bit times of virtual time, passing while the transfer runs,
/// so a chip goes on sampling under a long burst. Errors are those of System.Device.I2c on Linux: an address that nobody acknowledges
/// throws <see cref="IOException"/>.
/// </summary>
public sealed class SimulatedI2cBus : I2cBus
{
    private const int BitsPerByte = 9;
    private const int ConditionBits = 1;
    private const int HighestAddress = 0x7F;
    private const long TimeoutMicroseconds = 10_000; // drivers differ: milliseconds to a second
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly VirtualClock _clock;
    private readonly int _bitsPerSecond;
    private readonly Dictionary<int, II2cChip> _chips = [];
    private readonly HashSet<int> _opened = [];
    private long _bitRemainder;

    /// <summary>Makes a bus of an id and a bit rate (400 kHz: fast mode).</summary>
    public SimulatedI2cBus(VirtualClock clock, int busId, int bitsPerSecond = 400_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bitsPerSecond);
        _clock = clock;
        _bitsPerSecond = bitsPerSecond;
        BusId = busId;
    }

    /// <summary>The bus id that devices report in their connection settings.</summary>
    public int BusId { get; }

    /// <summary>Asked at every addressing of a chip; true makes the address go unacknowledged.</summary>
    public Func<bool>? NackFault { get; set; }

    /// <summary>Whether its lines are held low, as without pull-ups: every transfer then runs into the driver's timeout.</summary>
    public bool IsHeldLow { get; set; }

    /// <summary>Whether a transfer is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Addresses that went unacknowledged so far.</summary>
    public int NackCount { get; private set; }

    /// <summary>Wires a chip to the bus.</summary>
    /// <exception cref="ArgumentException">Another chip has the address.</exception>
    public void Attach(int address, II2cChip chip)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)address, (uint)HighestAddress, nameof(address));
        _chips.Add(address, chip);
    }

    /// <inheritdoc/>
    public override I2cDevice CreateDevice(int deviceAddress)
    {
        if (!_opened.Add(deviceAddress))
        {
            throw new ArgumentException($"Device with address 0x{deviceAddress:X2} is already open.", nameof(deviceAddress));
        }

        return new SimulatedI2cDevice(this, deviceAddress);
    }

    /// <inheritdoc/>
    public override void RemoveDevice(int deviceAddress)
    {
        if (!_opened.Remove(deviceAddress))
        {
            throw new ArgumentException($"Device with address 0x{deviceAddress:X2} was not open.", nameof(deviceAddress));
        }
    }

    internal void Write(int address, ReadOnlySpan<byte> bytes)
    {
        Begin();
        try
        {
            SendTo(address, bytes).Stop();
        }
        finally
        {
            End();
        }
    }

    internal void Read(int address, Span<byte> bytes)
    {
        Begin();
        try
        {
            ReceiveFrom(address, bytes).Stop();
        }
        finally
        {
            End();
        }
    }

    internal void WriteRead(int address, ReadOnlySpan<byte> written, Span<byte> read)
    {
        Begin();
        try
        {
            SendTo(address, written);
            ReceiveFrom(address, read).Stop();
        }
        finally
        {
            End();
        }
    }

    private void Begin()
    {
        _clock.Advance(0); // what the processor did before comes before the transfer
        if (IsBusy)
        {
            throw new InvalidOperationException("The I2C bus is busy: a transfer was started from inside another one.");
        }

        IsBusy = true;
    }

    private void End()
    {
        Charge(ConditionBits);
        IsBusy = false;
    }

    private II2cChip SendTo(int address, ReadOnlySpan<byte> bytes)
    {
        var chip = Addressed(address, forReading: false);
        foreach (byte value in bytes)
        {
            Charge(BitsPerByte);
            chip.Write(value);
        }

        return chip;
    }

    private II2cChip ReceiveFrom(int address, Span<byte> bytes)
    {
        var chip = Addressed(address, forReading: true);
        for (int index = 0; index < bytes.Length; index++)
        {
            Charge(BitsPerByte);
            bytes[index] = chip.Read();
        }

        return chip;
    }

    private II2cChip Addressed(int address, bool forReading)
    {
        if (IsHeldLow)
        {
            _clock.Advance(TimeoutMicroseconds);
            throw new BusHeldLowException();
        }

        Charge(ConditionBits + BitsPerByte);
        bool failed = NackFault?.Invoke() ?? false;
        if (!failed && _chips.TryGetValue(address, out var chip) && chip.IsPresent)
        {
            chip.Start(forReading);
            return chip;
        }

        // EREMOTEIO, as System.Device.I2c words it on Linux. A chip addressed before by a repeated START sees the STOP that follows.
        NackCount++;
        if (_chips.TryGetValue(address, out var silent))
        {
            silent.Stop();
        }

        throw new IOException("Error 121 performing I2C data transfer.");
    }

    private void Charge(int bits)
    {
        _bitRemainder += bits * MicrosecondsPerSecond;
        long microseconds = _bitRemainder / _bitsPerSecond;
        _bitRemainder -= microseconds * _bitsPerSecond;
        _clock.Advance(microseconds);
    }
}
