/** Version of the simulator; raised with every change that can change a number of a run. */
export const engineVersion = '1.1.0';
