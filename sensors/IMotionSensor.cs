namespace NanoFormer.Sensors
{
    /// <summary>
    /// A sensor of acceleration and rotation, in two states: asleep until motion, and capturing into its FIFO. What differs between the
    /// chips lies behind this interface; <see cref="MotionSensors"/> lists them.
    /// </summary>
    /// <remarks>
    /// A sample is signed 16-bit values: acceleration x y z first, rotation x y z from <see cref="SensorFifo.FirstRotation"/> on. No method
    /// throws for a chip that fails: each returns a
    /// <see cref="SensorStatus"/>. While a capture runs the bus belongs to it, and only the properties may be used.
    /// </remarks>
    public interface IMotionSensor
    {
        /// <summary>Content of the identity register when last read, known chip or not; -1 when it was never read.</summary>
        int LastId { get; }

        /// <summary>What <see cref="Identify"/> met last: genuine, clone or unknown; none before.</summary>
        string Kind { get; }

        /// <summary>The size of a sample's steps.</summary>
        SensorScale Scale { get; }

        /// <summary>Largest motion threshold, in register steps; the smallest is 1.</summary>
        int LargestThreshold { get; }

        /// <summary>Whether the chip that was identified can watch for motion by itself.</summary>
        bool WatchesMotion { get; }

        /// <summary>Register transfers that got no acknowledge and were begun again, since the start.</summary>
        int Refusals { get; }

        /// <summary>Bytes that <see cref="Keep"/> holds.</summary>
        int KeptBytes { get; }

        /// <summary>Reads the identity; known clones are accepted.</summary>
        SensorStatus Identify();

        /// <summary>Resets the chip and sets clock, rate, low-pass filter and ranges.</summary>
        SensorStatus Configure();

        /// <summary>
        /// Puts the chip to sleep until motion; the interrupt pin rises on motion and stays up until <see cref="ReadMotion"/>.
        /// </summary>
        /// <param name="threshold">Motion threshold in register steps, 1 to <see cref="LargestThreshold"/>.</param>
        /// <returns>Ok, NotSupported without <see cref="WatchesMotion"/>, or NoAcknowledge.</returns>
        SensorStatus SleepUntilMotion(int threshold);

        /// <summary>Puts the whole chip to sleep, with the interrupt pin low; only the registers are kept.</summary>
        SensorStatus Sleep();

        /// <summary>Reads and clears the motion flag, and so releases the pin.</summary>
        SensorStatus ReadMotion(out bool moved);

        /// <summary>Whether the chip still watches as <see cref="SleepUntilMotion"/> set it up to.</summary>
        /// <param name="threshold">The threshold it was given.</param>
        /// <returns>Ok, PowerLost when it does not, or NoAcknowledge.</returns>
        SensorStatus CheckWatch(int threshold);

        /// <summary>Wakes all six axes, waits until they are steady, and starts to fill the FIFO from empty.</summary>
        SensorStatus StartCapture();

        /// <summary>How a capture reads the FIFO of the chip that was identified.</summary>
        SensorFifo Fifo { get; }

        /// <summary>Reads the die temperature in hundredths of a degree Celsius.</summary>
        SensorStatus ReadTemperature(out int centiCelsius);

        /// <summary>The chip's self-test, at rest; it must be configured again afterwards.</summary>
        /// <param name="worstPermille">Greatest difference from the factory's response, in thousandths of it.</param>
        /// <returns>Ok, SelfTestFailed, NotSupported or NoAcknowledge.</returns>
        SensorStatus SelfTest(out int worstPermille);

        /// <summary>Keeps the first <see cref="KeptBytes"/> bytes in the chip, while the host has no memory.</summary>
        SensorStatus Keep(byte[] bytes);

        /// <summary>Fills the bytes with what was kept, or with what a reset left: a checksum must tell.</summary>
        SensorStatus Recall(byte[] bytes);
    }
}
